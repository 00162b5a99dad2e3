import type { ClockSource } from '../azure/core/clock.ts'
import { actorOf } from '../azure/seed-people.ts'
import type { SimulatedAzure } from '../azure/start.ts'
import { removeSetupRole } from '../azure/setup-roles.ts'
import type { PlanContent } from '../../src/domain/plan/plan.ts'
import { planWorkloads } from '../../src/domain/plan/plan-workloads.ts'
import type { Workload } from '../../src/domain/terms/workloads.ts'
import { slotOfVaultTask } from '../../src/domain/tasks/vault-tasks.ts'
import { RehearsalOver, type Api } from './api.ts'
import { importKey } from './import-key.ts'
import { onboardingView, type OnboardingView } from './onboarding-view.ts'
import { sendMail } from './send-mail.ts'

const minute = 60_000

/** How long after being asked people act. Whole minutes, so that two rehearsals print the same. */
const delays: readonly (readonly [task: RegExp, minutes: number])[] = [
  [/^offer-/, 72],
  [/^send-mail-/, 20],
  [/^send-escalation-/, 30],
  [/^approve-slot-1$/, 8],
  [/^approve-slot-2$/, 25],
  [/^import-/, 90],
  [/^attest-offline-1$/, 45],
  [/^attest-offline-2$/, 70],
  [/^remove-setup-role-1$/, 48],
  [/^remove-setup-role-2$/, 60]
]

export interface PeopleOptions {
  readonly api: Api
  readonly plan: PlanContent
  /** Where people do what they then say they did. */
  readonly azure: SimulatedAzure
  /** Simulated milliseconds. */
  readonly now: () => number
  /** Told of all that people see before they act on it, so that nothing they answer goes untold. */
  readonly seen: (view: OnboardingView) => void
}

/** The people of a rehearsal: they see what the app asks of them and answer after a while, each for their own part. */
export function scriptedPeople({ api, plan, azure, now, seen }: PeopleOptions): ClockSource {
  const due = new Map<string, number>()
  let planDigest: string | undefined
  const path = `onboardings/${plan.id}`
  return {
    async observe() {
      const view = await viewOf(api, path)
      if (view) seen(view)
      planDigest = view?.planDigest
      const names = view?.tasks.map((task) => task.name) ?? []
      for (const name of due.keys()) if (!names.includes(name)) due.delete(name)
      for (const name of names) {
        const delay = delays.find(([task]) => task.test(name))?.[1]
        if (delay !== undefined && !due.has(name)) due.set(name, wholeMinute(now()) + delay * minute)
      }
    },
    next: () => (due.size === 0 ? undefined : Math.min(...due.values())),
    async run(at) {
      for (const [name, moment] of due) {
        if (moment > at) continue
        due.delete(name)
        await doIt(azure, plan, name)
        const { actor, answer } = scriptedAnswer({ plan, planDigest }, name)
        await api.post(`${path}/tasks/${name}`, actor, answer)
      }
    }
  }
}

/** What the task asks for, in Azure. */
async function doIt(azure: SimulatedAzure, plan: PlanContent, task: string): Promise<void> {
  const removal = /^remove-setup-role-([12])$/.exec(task)?.[1]
  if (removal !== undefined) removeSetupRole(azure.world, removal === '1' ? 1 : 2)
  if (task.startsWith('import-')) await importKey(azure, plan, task)
  if (task.startsWith('send-')) await sendMail(azure, plan.id, task)
}

/** Undefined before the onboarding is there, and when the rehearsal is over. */
async function viewOf(api: Api, path: string): Promise<OnboardingView | undefined> {
  try {
    return onboardingView.safeParse((await api.get(path)).body).data
  } catch (error) {
    if (error instanceof RehearsalOver) return undefined
    throw error
  }
}

const wholeMinute = (moment: number): number => Math.floor(moment / minute) * minute

export interface Approved {
  readonly plan: PlanContent
  /** As the app says it. */
  readonly planDigest: string | undefined
}

/** What the scripted person says, and who that is. */
export function scriptedAnswer({ plan, planDigest }: Approved, task: string): { actor: string; answer: unknown } {
  const slot = plan.slots[(slotOfVaultTask(plan, task) ?? Number(/-([12])$/.exec(task)?.[1] ?? 1)) - 1] ?? plan.slots[0]
  const actor = actorOf(slot.operators[0], plan.organization.domain)
  if (task.startsWith('approve-')) return { actor, answer: { planDigest } }
  if (/^(remove|import|send)-/.test(task)) return { actor, answer: {} }
  if (task.startsWith('attest-')) return { actor, answer: { location: `safe ${String(slot.slot)}, headquarters` } }
  return { actor, answer: offerAnswer(plan, task.slice('offer-'.length) as Workload) }
}

const firstOffer = 104_233

function offerAnswer(plan: PlanContent, workload: Workload) {
  const { domain } = plan.organization
  return {
    requestId: `FT-${String(firstOffer + planWorkloads(plan).indexOf(workload))}`,
    officers: [
      { name: 'Olga Officer', email: `olga@${domain}` },
      { name: 'Oscar Officer', email: `oscar@${domain}` }
    ]
  }
}
