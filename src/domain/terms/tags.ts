/** Marks what an onboarding made; its value is the onboarding's id. */
export const onboardingTag = 'customer-key-onboarding'

/** What infra/slot.bicep puts on all it makes, e.g. `slot-1`. */
export const partTag = 'customer-key-part'

/** The policy a vault serves, e.g. `exchange/NA`. */
export const policyTag = 'customer-key-policy'

/** Tags that the app and its templates set themselves: a request cannot. */
export const ownTags: readonly string[] = [onboardingTag, partTag, policyTag]
