/** Marks what an onboarding made; its value is the onboarding's id. */
export const onboardingTag = 'customer-key-onboarding'

/** The policy a vault serves, e.g. `exchange/NA`. */
export const policyTag = 'customer-key-policy'
