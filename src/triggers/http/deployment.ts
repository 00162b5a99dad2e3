import type { Steps } from '../../contracts/steps.ts'
import type { Immutability } from '../../domain/terms/immutability.ts'

/** What the deployment gives its routes and pages. */
export interface Deployment {
  /** Whose people sign in here. */
  readonly tenantId: string
  /** Authentication context that approvals take, e.g. `c1`. */
  readonly stepUp: string | undefined
  /** Of the stores of backups. */
  readonly immutability: Immutability
  /** On every page, e.g. `REHEARSAL`. */
  readonly banner: string | undefined
  readonly steps: Steps
}
