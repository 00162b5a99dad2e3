import type { Steps } from '../../contracts/steps.ts'
import type { Immutability } from '../../domain/terms/immutability.ts'

/** What the deployment gives its routes and pages. */
export interface Deployment {
  /** Whose people sign in here. */
  readonly tenantId: string
  /** Of the stores of backups. */
  readonly immutability: Immutability
  /** On every page, e.g. `REHEARSAL`. */
  readonly banner: string | undefined
  readonly steps: Steps
}
