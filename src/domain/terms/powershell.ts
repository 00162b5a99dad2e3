/**
 * A value as PowerShell takes it word for word: in single quotes nothing is expanded, and a quote is written twice. Curly ones
 * count as quotes there too: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
export const quotedInPowerShell = (value: string): string => `'${value.replaceAll(/['‘’‚‛]/g, '$&$&')}'`
