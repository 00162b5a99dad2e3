import type { HttpHandler } from '@azure/functions'
import type { OperationId } from '../../contracts/http/operations.ts'
import type { Deployment } from './deployment.ts'
import { getAnswers } from './get-answers.ts'
import { getBackups } from './get-backups.ts'
import { getEvidence } from './get-evidence.ts'
import { getHandOff } from './get-hand-off.ts'
import { getHealth } from './get-health.ts'
import { getLedger } from './get-ledger.ts'
import { getMail } from './get-mail.ts'
import { getOnboarding } from './get-onboarding.ts'
import { getOnboardingPlan } from './get-onboarding-plan.ts'
import { getOnboardings } from './get-onboardings.ts'
import { getOpenApi } from './get-openapi.ts'
import { postDiagnoses } from './post-diagnoses.ts'
import { getOfflineCopy, postOfflineCopies } from './post-offline-copies.ts'
import { postOnboardings } from './post-onboardings.ts'
import { getPlan, postPlans } from './post-plans.ts'
import { postTask } from './post-task.ts'
import { getAdoption, postVaults } from './post-vaults.ts'
import { route, type Handler } from './route.ts'

type Handlers = { readonly [Id in OperationId]: Handler<Id> }

/** What carries out each operation of the API. */
const handlersOf = (deployment: Deployment): Handlers => ({
  createPlan: postPlans(deployment),
  getPlan: getPlan(deployment),
  startOnboarding: postOnboardings(deployment),
  listOnboardings: getOnboardings(deployment),
  getOnboarding: getOnboarding(deployment),
  getOnboardingPlan: getOnboardingPlan(deployment),
  answerTask: postTask(deployment),
  getHandOff: getHandOff(deployment),
  getMail: getMail(deployment),
  getEvidence: getEvidence(deployment),
  getAnswers: getAnswers(deployment),
  getLedger: getLedger(deployment),
  adoptVault: postVaults,
  getAdoption,
  getBackups: getBackups(deployment),
  attestOfflineCopy: postOfflineCopies,
  getOfflineCopy,
  diagnose: postDiagnoses(deployment),
  getHealth,
  getDescription: getOpenApi
})

/** What answers each operation, by its id. */
export function apiHandler(deployment: Deployment): (id: OperationId) => HttpHandler {
  const handlers = handlersOf(deployment)
  const answering = <Id extends OperationId>(id: Id): HttpHandler => route(deployment, id, handlers[id])
  return answering
}
