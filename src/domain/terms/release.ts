/**
 * Of this app: what its package says (test/domain/terms/release.test.ts). It stands beside all that a later release may have to
 * know of an earlier one.
 */
export const release = '0.1.0'
