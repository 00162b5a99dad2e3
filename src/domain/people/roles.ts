/**
 * What the sign-in lets a person do here: roles of its Entra application, given to people or groups there. A Custodian stands
 * outside both slots and says the second word where somebody is replaced (R11).
 */
export const roles = ['Reader', 'Operator', 'Approver', 'Custodian'] as const
export type Role = (typeof roles)[number]

/** Whoever may do anything may read. */
export const suffices = (held: readonly Role[], needed: Role): boolean =>
  needed === 'Reader' ? held.length > 0 : held.includes(needed)
