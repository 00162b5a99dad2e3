import { removeSetupRole } from '../azure/setup-roles.ts'
import type { ReachableAzure } from '../azure/start.ts'
import { planWorkloads } from '../../src/domain/plan/plan-workloads.ts'
import type { PlanContent } from '../../src/domain/plan/plan.ts'
import type { AnswerOf } from '../../src/domain/tasks/task-kinds.ts'
import type { Task, TaskKind } from '../../src/domain/tasks/task.ts'
import { workloads, type Workload } from '../../src/domain/terms/workloads.ts'
import { importKey } from './import-key.ts'
import type { OnboardingView } from './onboarding-view.ts'
import { sendMail } from './send-mail.ts'

/** What the people of a rehearsal do about a task of one kind. */
export interface Script<K extends TaskKind> {
  /** How long after being asked. Whole minutes, so that two rehearsals print the same. */
  readonly minutes: (task: Task<K>) => number
  /** What the task asks for, outside the app; whether there was anything to do. */
  readonly does: (task: Task<K>, stage: Stage) => Promise<boolean>
  readonly says: (task: Task<K>, approved: ApprovedPlan) => AnswerOf<K>
}

export interface Stage {
  readonly azure: ReachableAzure
  readonly onboarding: string
  /** Of the request that the simulated Azure was made for. */
  readonly plan: PlanContent
}

export interface ApprovedPlan {
  readonly plan: PlanContent
  /** Who is to take whose place, as the app shows it. */
  readonly changes: OnboardingView['changes']
  /** As the app says it. */
  readonly planDigest: string
}

/** Undefined: nobody answers it, and the rehearsal goes on without. */
export const scriptOf = <K extends TaskKind>(task: Task<K>): Script<K> | undefined => scripts[task.kind]

const nothing = async (): Promise<boolean> => false
const donePlainly = (): object => ({})

const scripts: { readonly [K in TaskKind]: Script<K> | undefined } = {
  offer: { minutes: () => 72, does: nothing, says: ({ workload }, { plan }) => offerAnswer(plan, workload) },
  approve: {
    minutes: ({ slot }) => (slot === 1 ? 8 : 25),
    does: nothing,
    says: (_, { planDigest }) => ({ planDigest })
  },
  'send-mail': { minutes: () => 20, does: mailSent, says: donePlainly },
  'send-escalation': { minutes: () => 30, does: mailSent, says: donePlainly },
  acknowledge: undefined,
  'microsoft-answered': undefined,
  'import-key': {
    minutes: () => 90,
    does: (task, { azure, plan }) => importKey(azure, plan, task),
    says: donePlainly
  },
  'assign-contributor': undefined,
  'attest-offline': {
    minutes: ({ slot }) => (slot === 1 ? 45 : 70),
    does: nothing,
    says: ({ slot }) => ({ location: `safe ${String(slot)}, headquarters` })
  },
  'remove-setup-role': {
    minutes: ({ slot }) => (slot === 1 ? 48 : 60),
    async does({ slot }, { azure }) {
      removeSetupRole(azure.world, slot)
      return true
    },
    says: donePlainly
  },
  'replace-operator': undefined,
  'confirm-replacement': { minutes: () => 120, does: nothing, says: confirmed },
  'withdraw-replacement': undefined,
  'confirm-plan': { minutes: () => 30, does: nothing, says: (_, { planDigest }) => ({ planDigest }) },
  'replace-officer': undefined,
  retry: undefined,
  override: undefined,
  mend: undefined,
  cancel: undefined,
  halt: undefined,
  'go-on': undefined,
  'take-over': undefined
}

async function mailSent(task: Task<'send-mail' | 'send-escalation'>, { azure, onboarding }: Stage): Promise<boolean> {
  await sendMail(azure, onboarding, task)
  return true
}

function confirmed({ slot }: Task<'confirm-replacement'>, { changes }: ApprovedPlan): AnswerOf<'confirm-replacement'> {
  const change = changes.find((each) => each.slot === slot && each.stage === 'proposed')
  return { leaves: change?.leaves ?? '', joins: change?.joins ?? '' }
}

const firstOffer = 104_233

function offerAnswer(plan: PlanContent, workload: Workload): AnswerOf<'offer'> {
  const { domain } = plan.organization
  return {
    requestId: `FT-${String(firstOffer + planWorkloads(plan).indexOf(workload))}`,
    officers: [
      { name: 'Olga Officer', email: `olga@${domain}` },
      { name: 'Oscar Officer', email: `oscar@${domain}` }
    ],
    signedInAs: `admin@${domain}`,
    chosenOffer: workloads[workload].offer
  }
}
