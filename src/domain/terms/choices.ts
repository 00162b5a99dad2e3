/** What a request chooses for all its vaults and keys. Each choice is final once they are made, and stands in the plan. */
export interface Choices {
  /** `test`: vaults may be Standard and keys software keys (R28). Everything about it is marked, never silently. */
  readonly purpose: 'production' | 'test'
  /** Of the vaults; `standard` for a test alone. Its keys are software keys: a Standard vault has no HSM. */
  readonly sku: 'premium' | 'standard'
  /** Who makes the keys: the app in the vault, or a person outside, who imports each (R40). */
  readonly keys: 'created' | 'imported'
  /** What says who may do what with the keys of a vault: its own access policies, as in the article, or Azure RBAC (R33–R36). */
  readonly authorization: 'access-policies' | 'rbac'
}

export type Purpose = Choices['purpose']

/** What a request leaves out is as Microsoft's article has it. */
export const choicesOf = ({
  purpose = 'production',
  sku = 'premium',
  keys = 'created',
  authorization = 'access-policies'
}: Asked): Choices => ({ purpose, sku, keys, authorization })

type Asked = { readonly [Choice in keyof Choices]?: Choices[Choice] | undefined }

/** What pages, commands and documents carry on top; undefined: nothing. `banner`: of the deployment, e.g. `REHEARSAL`. */
export const markOf = (banner: string | undefined, purpose: Purpose): string | undefined =>
  purpose === 'production' ? banner : [...(banner === undefined ? [] : [banner]), testMark].join(' · ')

export const testMark = 'TEST, not for production'
