import type { HttpHandler } from '@azure/functions'
import type { Directory } from '../../contracts/directory.ts'
import type { Library } from '../../contracts/library.ts'
import type { BackupHabits } from '../../domain/plan/plan-warnings.ts'
import type { SlaRules } from '../../domain/calendar/sla.ts'
import { getAnswers } from './get-answers.ts'
import { getBackups } from './get-backups.ts'
import { getEvidence } from './get-evidence.ts'
import { getHandOff } from './get-hand-off.ts'
import { getMail } from './get-mail.ts'
import { getOnboarding } from './get-onboarding.ts'
import { getOnboardings } from './get-onboardings.ts'
import { getOpenApi } from './get-openapi.ts'
import { postDiagnoses } from './post-diagnoses.ts'
import { postOfflineCopies } from './post-offline-copies.ts'
import { postOnboardings } from './post-onboardings.ts'
import { postPlans } from './post-plans.ts'
import { postTask } from './post-task.ts'
import { postVaults } from './post-vaults.ts'

export interface ApiOptions {
  readonly sla: SlaRules
  readonly habits: BackupHabits
  readonly library: Library
  readonly directory: Directory
  readonly examine: Parameters<typeof postDiagnoses>[0]
}

/** What answers each route of the API, by its name in `triggers`. */
export const apiHandlers = ({ sla, habits, library, directory, examine }: ApiOptions) =>
  ({
    postPlans: postPlans({ sla, habits }),
    postOnboardings: postOnboardings(sla),
    getOnboardings,
    getOnboarding,
    postTask: postTask(directory),
    postVaults,
    getBackups: getBackups(habits),
    postOfflineCopies,
    getHandOff: getHandOff(library),
    getEvidence: getEvidence(library),
    getAnswers,
    postDiagnoses: postDiagnoses(examine),
    getMail: getMail(library),
    getOpenApi
  }) satisfies Readonly<Record<string, HttpHandler>>
