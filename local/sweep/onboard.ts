import { setTimeout as sleep } from 'node:timers/promises'
import { draftPlan } from '../../src/domain/plan/build-plan.ts'
import type { PlanContent } from '../../src/domain/plan/plan.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { retentions } from '../azure/arm/features/retention.ts'
import { vaults } from '../azure/arm/keyvault-management/vault-record.ts'
import { actorOf } from '../azure/seed-people.ts'
import { outbox } from '../azure/email/outbox.ts'
import { findKey } from '../azure/keyvault/key-record.ts'
import type { World } from '../azure/core/world.ts'
import type { OnboardingView } from '../rehearsal/onboarding-view.ts'
import { scriptedPeople } from '../rehearsal/people.ts'
import { startRead } from '../rehearsal/start-read.ts'
import { giveSetupRolesAgain } from '../azure/setup-roles.ts'
import { isOf, taskName, taskNamed } from '../../src/domain/tasks/task.ts'
import type { Stage } from '../stage/stage.ts'

export interface Ran {
  /** `stuck`: it neither ended nor asked anybody for anything. */
  readonly end: OnboardingView['status'] | 'stuck'
  /** Every finding that was met on the way, with its remedy. */
  readonly findings: readonly { readonly code: string; readonly remedy: string }[]
  /** Where it stood, when it is stuck. */
  readonly last?: OnboardingView
  /** Things of which there must be one and are more, e.g. `2 mails "Customer Key for …" to …`. */
  readonly tooMany: readonly string[]
}

/** One onboarding from start to end. A finding is met as a person would: mend what there is to mend, and retry. */
export async function onboard(stage: Stage, request: OnboardingRequest, mend: () => void): Promise<Ran> {
  const { azure, api } = stage
  forgetRegistrations(azure.world)
  giveSetupRolesAgain(azure.world, azure.seed)
  const mailsBefore = outbox(azure.world).values().length
  const plan = draftPlan(request)
  const [actor, beside] = [operatorOf(plan, 0), operatorOf(plan, 1)]
  let newest: OnboardingView | undefined
  const seen = (view: OnboardingView): void => {
    newest = view
  }
  stage.people = scriptedPeople({ api, plan, azure, now: () => azure.clock.now(), seen })
  const started = await startRead(api, actor, request)
  if (started.status !== 202) throw new Error(`The app refused to start: ${JSON.stringify(started.body)}`)
  const followed = await follow(stage, plan, { actor, beside, mend, view: () => newest })
  stage.people = undefined
  if (followed.end === 'stuck')
    await api.post(`onboardings/${plan.id}/tasks/${taskName({ kind: 'cancel' })}`, actor, {
      reason: 'stuck in the fault sweep'
    })
  await settled(stage)
  return { ...followed, tooMany: [...twiceMailed(azure.world, mailsBefore), ...twiceMade(azure.world, plan)] }
}

/** Mails to people go out beside the work: those of this onboarding are not to be counted to the next. */
async function settled({ azure }: Stage): Promise<void> {
  for (let look = 0; look < stillLooks && azure.clock.stillReports < stillAfter; look++) await sleep(lookEveryMs)
}

interface Following {
  /** Of slot 1, and of slot 2: nobody answers for both (R11). */
  readonly actor: string
  readonly beside: string
  readonly mend: () => void
  readonly view: () => OnboardingView | undefined
}

async function follow(
  { azure, api }: Stage,
  plan: PlanContent,
  { actor, beside, mend, view: newest }: Following
): Promise<Omit<Ran, 'tooMany'>> {
  const met = new Map<string, { code: string; remedy: string }>()
  const answered = new Set<string>()
  for (let still = 0; ; ) {
    const view = newest() // what the people saw when nothing was left to do
    await sleep(lookEveryMs)
    if (view === undefined) continue
    const findings = [...met.values()]
    if (view.status !== 'running') return { end: view.status, findings }
    for (const { code, remedy, since } of toldIn(view)) {
      if (met.has(code + since)) continue
      met.set(code + since, { code, remedy })
      mend()
    }
    for (const { name, since, for: whose } of view.tasks.filter((task) => isRetry(task.name))) {
      // One whose giver could not be looked up is refused, and given again.
      const refused = view.answers.filter(({ task, verdict }) => task === name && verdict === 'refused').length
      if (answered.has(name + since + String(refused))) continue
      answered.add(name + since + String(refused))
      await api.post(`onboardings/${plan.id}/tasks/${name}`, whose.includes('slot 2') ? beside : actor, {})
    }
    still = azure.clock.stillReports >= stillAfter ? still + 1 : 0
    if (still > stillLooks) return { end: 'stuck', findings, last: view }
  }
}

/** What does not work, as people are told: findings, and whose word did not count as they could not be looked up. */
const toldIn = ({ findings, answers }: OnboardingView): { code: string; remedy: string; since: string }[] => [
  ...findings,
  ...answers
    .filter(({ verdict, why = '' }) => verdict === 'refused' && why.includes('could not be looked up'))
    .map(({ task, at, why = '' }) => ({ code: `refused-${task}`, remedy: why, since: at }))
]

const operatorOf = ({ slots, organization }: PlanContent, index: 0 | 1): string =>
  actorOf(slots[index].operators[0], organization.domain)

function isRetry(name: string): boolean {
  const task = taskNamed(name)
  return task !== undefined && isOf(task, 'retry')
}

const lookEveryMs = 5
const stillAfter = 3
// Some seconds: on a machine out of breath a host that is about to go on looks as if it stood.
const stillLooks = 800

/** As if each onboarding were of a tenant of its own. */
function forgetRegistrations(world: World): void {
  for (const { subscriptionId } of retentions(world).values()) retentions(world).delete(subscriptionId)
  world.collection('emailRequests').delete('send')
  world.collection('emailRequests').delete('status')
}

function twiceMailed(world: World, before: number): string[] {
  const counts = new Map<string, number>()
  for (const { subject, to } of outbox(world).values().slice(before)) {
    const mail = `"${subject}" to ${to.join(', ')}`
    counts.set(mail, (counts.get(mail) ?? 0) + 1)
  }
  return [...counts].filter(([, count]) => count > 1).map(([mail, count]) => `${String(count)} mails ${mail}`)
}

function twiceMade(world: World, plan: PlanContent): string[] {
  return plan.policies
    .flatMap((policy) => policy.vaults)
    .flatMap(({ vaultName, keyName }) => {
      const vault = vaults(world).get(vaultName.toLowerCase())
      const versions = vault ? (findKey(world, vault, keyName)?.versions.length ?? 0) : 0
      return versions > 1 ? [`${String(versions)} versions of ${vaultName}/${keyName}`] : []
    })
}
