import type { Ledger } from '../../contracts/ledger.ts'
import { branchChain, branchChainsOf, onboardingChain } from '../../domain/ledger/chains.ts'
import { checkNamed } from '../../domain/checks/all-checks.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { isClosed } from '../../domain/ledger/judgements.ts'
import { retriesStop } from '../../domain/ledger/takeover-tasks.ts'
import { alwaysOpen, newestGeneration } from '../../domain/ledger/standing.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { chapterAfter, chapterIndex, type StepName } from '../../domain/state/chapters.ts'
import { openTasks } from '../../domain/state/status.ts'
import { kindOf } from '../../domain/tasks/task-kinds.ts'
import { isOfOneCause } from '../../domain/terms/by-cause.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import { isOf, sameTask, taskName, taskNamed, type Task, type TaskKind } from '../../domain/tasks/task.ts'
import type { Family } from './branches.ts'
import type { Onboarding } from './known.ts'
import { branchKeyOf } from '../carry.ts'
import { statusOf } from './onboarding-document.ts'

/** A chain that is to hear an answer; of the asking that its giver saw, where one was to be seen. */
interface Asking {
  readonly chain: string
  readonly serial?: number
  readonly generation?: number
}

/** With the name that the task has there: another one for a finding of the same cause. */
type NamedAsking = Asking & { readonly task: string }

/** Said at any time, whatever is asked: from start to end, and where no instance is there to ask. */
const openAlways = [...alwaysOpen, 'take-over'] as const

/**
 * Where a task is asked; where it is asked no more, where it was, so that its giver hears that they came too late. Nowhere:
 * it was never asked. Who says that a cause is mended says it to all that was found of it.
 */
export async function whereAsked(ledger: Ledger, family: Family, task: Task): Promise<readonly NamedAsking[]> {
  const open = askings(family).filter((each) => sameTask(each.task, task))
  const asked = open.length > 0 ? open : await whereElse(ledger, family, task)
  return [...asked, ...(open.length > 0 ? alsoRetried(family, task) : [])].map((each) => named({ task, ...each }))
}

const named = ({ task, ...asking }: Asking & { readonly task: Task }): NamedAsking => ({
  ...asking,
  task: taskName(task)
})

async function whereElse(ledger: Ledger, family: Family, task: Task): Promise<readonly Asking[]> {
  if (isOf(task, ...openAlways) || retriesStop(task)) return [ownOf(family)]
  const before = await whereAskedBefore(ledger, family, task)
  return before.length > 0 ? before : whereAskedAgain(ledger, family, task)
}

/** The retries of what else was found of its cause. */
function alsoRetried(family: Family, task: Task) {
  if (!isOf(task, 'retry')) return []
  const found = [family.onboarding, ...family.branches].flatMap((each) => statusOf(each)?.findings ?? [])
  const own = found.find(({ code }) => code === task.code)
  const same = new Set(found.filter((each) => own && isOfOneCause(own, each)).map(({ code }) => code))
  return askings(family).filter(
    ({ task: other }) => isOf(other, 'retry') && other.code !== task.code && same.has(other.code)
  )
}

/** What the generation before may have asked, and the newest one, which has just begun, will ask again. */
async function whereAskedAgain(ledger: Ledger, family: Family, task: Task): Promise<readonly Asking[]> {
  const { entries, input, stands } = family.onboarding
  const ended = entriesOfKind(entries, 'chapter').at(-1)?.said.step
  const chapter = ended === undefined ? 'preflight' : chapterAfter(ended as StepName) // this app wrote it
  if (stands !== 'running') return []
  if (isOf(task, 'import-key', 'assign-contributor'))
    return chapter === 'vaults-and-keys' ? ofVault(ledger, family, task.vault) : []
  const isOfPlan = expectedOf(task, input.plan)?.some((each) => sameTask(each, task)) !== false
  if (!isOfPlan || askedIn[task.kind] !== chapter || askings(family).some((each) => !isBeside(each.task))) return []
  return before(onboardingChain(input.requestId), entries, family.onboarding)
}

const isBeside = (task: Task): boolean => kindOf(task).stands === 'beside' || isOf(task, ...openAlways)

async function ofVault(
  ledger: Ledger,
  { onboarding, branches }: Family,
  vaultName: string
): Promise<readonly Asking[]> {
  const { requestId, plan } = onboarding.input
  const [branch] = plan.policies.flatMap(({ id, vaults }) =>
    vaults.flatMap(({ slot, vaultName: name }) => (sameText(name, vaultName) ? [{ policy: id, slot }] : []))
  )
  if (branch === undefined) return []
  const chain = branchChain(requestId, branch)
  const entries = await ledger.entries(chain)
  const seen = branches.find(({ input }) => sameText(input.task.vault.vaultName, vaultName))
  return isClosed(entries) ? [] : before(chain, entries, seen)
}

/** Heard when it is asked again, whatever serial that has: by the next generation, where the newest one is gone. */
function before(chain: string, entries: readonly Entry[], seen: Pick<Onboarding, 'state'> | undefined): Asking[] {
  const newest = newestGeneration(entries)
  const generation = seen?.state === 'live' ? newest - 1 : newest
  return generation === 0 || entries.length === 0 ? [] : [{ chain, generation }]
}

/** What may be answered now; several branches may ask the same. */
export function askings({ onboarding, branches }: Family): (Asking & { readonly task: Task })[] {
  if (onboarding.stands !== 'running') return []
  const { requestId } = onboarding.input
  const own = { chain: onboardingChain(requestId), instance: onboarding }
  const others = branches
    .filter(({ state }) => state !== 'completed')
    .map((instance) => ({ chain: branchChain(requestId, branchKeyOf(instance.input)), instance }))
  return [own, ...others].flatMap(({ chain, instance }) => {
    const status = statusOf(instance)
    const tasks = status === undefined ? [] : openTasks(status)
    return tasks.map(({ task, serial }) => ({ task, chain, serial, generation: instance.input.generation }))
  })
}

const ownOf = ({ onboarding }: Family): Asking => ({ chain: onboardingChain(onboarding.input.requestId) })

async function whereAskedBefore(ledger: Ledger, family: Family, task: Task): Promise<readonly Asking[]> {
  const own = ownOf(family)
  if (wasAnswered(family.onboarding.entries, task) || wasAskedInPassing(family, task)) return [own]
  const chains = isOf(task, ...ofBranches) && hadBranches(family) ? branchChainsOf(family.onboarding.input.plan) : []
  const before = await Promise.all(
    chains.map(async (chain) => (wasAnswered(await ledger.entries(chain), task) ? [{ chain }] : []))
  )
  return before.flat()
}

/** Kinds of task that a vault's set-up asks. */
const ofBranches = ['import-key', 'assign-contributor', 'retry', 'override', 'mend'] as const

export const hadBranches = ({ onboarding: { entries } }: Pick<Family, 'onboarding'>): boolean =>
  entriesOfKind(entries, 'chapter').some(({ said }) => said.step === 'waiting-on-microsoft')

/** By anybody. The ways on from a finding are asked together: an answer to one says that the others that it has were, too. */
function wasAnswered(entries: readonly Entry[], task: Task): boolean {
  const said = entriesOfKind(entries, 'answer').flatMap((each) => taskNamed(each.said.task) ?? [])
  return said.some((each) => {
    if (isOf(task, 'go-on')) return isOf(each, 'halt')
    return sameTask(each, task) || (hasWay(task) && codeOf(each) === codeOf(task))
  })
}

const hasWay = (task: Task): boolean =>
  isOf(task, 'retry') || (isOf(task, 'override') && checkNamed(task.code)?.overridable === true)

const codeOf = (task: Task): string | undefined => (isOf(task, 'retry', 'override', 'mend') ? task.code : undefined)

/** What nobody answered is asked no more when its chapter is over, or all is. */
function wasAskedInPassing({ onboarding }: Family, task: Task): boolean {
  const { plan } = onboarding.input
  const chapter = askedIn[task.kind]
  if (chapter === undefined || expectedOf(task, plan)?.some((each) => sameTask(each, task)) === false) return false
  const passed = chapterIndex(statusOf(onboarding)?.step ?? 'preflight') - chapterIndex(chapter)
  return onboarding.stands === 'running' ? passed > 0 : passed >= 0
}

/** Tasks of this kind that a plan has; undefined where it is not said by plans. */
const expectedOf = <K extends TaskKind>(task: Task<K>, plan: Plan): readonly Task[] | undefined =>
  kindOf(task).proves?.expected(plan) as readonly Task[] | undefined // each is a task, of whichever kind

/** The chapter that asks; kinds that some runs never come to are not here. */
const askedIn: Readonly<Partial<Record<TaskKind, StepName>>> = {
  offer: 'offers',
  approve: 'approvals',
  'send-mail': 'registration',
  acknowledge: 'waiting-on-microsoft',
  'microsoft-answered': 'waiting-on-microsoft',
  'attest-offline': 'attestations',
  'replace-operator': 'offers',
  'replace-officer': 'approvals'
}
