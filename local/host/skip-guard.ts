const azureAddress = /^https:\/\/[^/]+\.(azure\.com|windows\.net)(\/|$)/i
const loopbackProxy = /^http:\/\/(127\.0\.0\.1|localhost):/i

/**
 * A clock that skips would register, mail and wait for nobody. It may run only where every way to Azure leads into a
 * proxy on this machine. Throws otherwise, naming the settings.
 */
export function refuseSkippingOnRealAzure(environment: Readonly<Record<string, string | undefined>>): void {
  const pointing = Object.entries(environment).flatMap(([name, value]) =>
    value && azureAddress.test(value) ? [name] : []
  )
  if (pointing.length === 0 || loopbackProxy.test(environment['HTTPS_PROXY'] ?? '')) return
  throw new Error(
    `A skipping clock was asked for, but ${pointing.join(', ')} lead to real Azure: weeks of waiting would pass in seconds, ` +
      'and Microsoft would be mailed at once. Use the real clock, or npm start and npm run rehearse for a simulated Azure.'
  )
}
