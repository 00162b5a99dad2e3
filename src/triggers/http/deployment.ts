import type { Steps } from '../../contracts/steps.ts'
import type { Immutability } from '../../domain/terms/immutability.ts'

/** What the deployment gives its routes and pages. */
export interface Deployment {
  /** Of the stores of backups. */
  readonly immutability: Immutability
  /** On every page, e.g. `REHEARSAL`. */
  readonly banner: string | undefined
  readonly steps: Steps
}
