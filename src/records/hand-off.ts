/** Where the hand-off lies in the records container. */
export const handOffName = (onboarding: string, format: 'json' | 'md'): string => `${onboarding}/hand-off.${format}`

/** Where a cancelled onboarding's report of what stays in Azure lies there. */
export const remainsName = (onboarding: string): string => `${onboarding}/cancelled.md`
