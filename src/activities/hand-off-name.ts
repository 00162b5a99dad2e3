/** Where the hand-off lies in the records container. */
export const handOffName = (onboarding: string, format: 'json' | 'md'): string => `${onboarding}/hand-off.${format}`
