import type { Steps } from '../../contracts/steps.ts'
import type { SlaRules } from '../../domain/calendar/sla.ts'
import type { BackupHabits } from '../../domain/plan/plan-warnings.ts'

/** What the deployment gives its routes and pages. */
export interface Deployment {
  readonly sla: SlaRules
  readonly habits: BackupHabits
  /** On every page, e.g. `REHEARSAL`. */
  readonly banner: string | undefined
  readonly steps: Steps
}
