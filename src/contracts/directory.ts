import type { Person } from '../domain/people/person.ts'

/** What routes ask of the tenant's directory: they are handed one. */
export interface Directory {
  /** Whether a person is in one of these groups, directly or through groups within them. `unknown`: it did not answer. */
  isIn(groups: readonly string[], { oid }: Person): Promise<'yes' | 'no' | 'unknown'>
}
