import type { z } from 'zod'
import type { OnboardingInput } from '../../contracts/orchestrations.ts'
import { asksForTakeover } from '../../domain/ledger/takeover-tasks.ts'
import type { Steps } from '../../contracts/steps.ts'
import { branchChainsOf } from '../../domain/ledger/chains.ts'
import type { Entry } from '../../domain/ledger/entry.ts'
import { mostReplacements, namedNow } from '../../domain/plan/replacements.ts'
import { readAnswer } from '../../domain/tasks/answers.ts'
import { kindOf } from '../../domain/tasks/task-kinds.ts'
import { isOf, taskName, taskNamed, type Task } from '../../domain/tasks/task.ts'
import { groupsAsked, whyNotBy } from '../../domain/tasks/who-may-answer.ts'
import type { PeopleOfPlan } from '../../domain/tasks/whom.ts'
import { suffices, type Role } from '../../domain/people/roles.ts'
import type { Fault } from '../../domain/terms/fault.ts'
import type { taken } from '../../domain/views/documents.ts'
import { mailLater } from '../mails.ts'
import { wakeAll } from '../wake.ts'
import { familyOf, type Family } from './branches.ts'
import type { Deployment } from './deployment.ts'
import { json, refusal, requireRole, type Refusal, type Visit } from './http.ts'
import { partyIn, planOf, replacedIn } from './onboarding-document.ts'
import type { Handler } from './route.ts'
import { refuseUnread } from './shown-plan.ts'
import { requireStepUp, type StepUp } from './step-up.ts'
import { askings, hadBranches, whereAsked } from './where-asked.ts'

/** `POST /api/onboardings/{id}/tasks/{task}`: a person's answer. 202: it stands in the ledger, and gets a verdict. */
export const postTask =
  ({ steps, stepUp, tenantId }: Deployment): Handler<'answerTask'> =>
  async (visit) => {
    const { id, task: name } = visit.params
    const family = await familyOf({ ...steps, orchestrations: visit.orchestrations }, id)
    const at = await takeAnswer({ ...visit, steps, stepUp, tenantId }, family, { name, body: await visit.read() })
    return json(202, { task: name, by: visit.actor, at } satisfies z.output<typeof taken>)
  }

export interface AnswerRequest {
  /** Of the task. */
  readonly name: string
  /** The answer as it came. */
  readonly body: unknown
}

interface AnswerVisit extends Visit, StepUp {
  readonly steps: Pick<Steps, 'directory' | 'ledger' | 'readers'>
}

/** Adds an answer to the ledger and tells whoever waits for it to look, or refuses it (LEDGER rule 8). Gives its moment. */
export async function takeAnswer(visit: AnswerVisit, family: Family, { name, body }: AnswerRequest): Promise<string> {
  const { actor, person, steps } = visit
  const task = taskNamed(name)
  const asked = task ? await whereAsked(steps.ledger, family, task) : []
  if (!task || asked.length === 0) throw neverAsked(family, name)
  const plan = planOf(family.onboarding, family.branches)
  const role = await roleOfWhoMay(visit, family, { plan, task })
  const page = `/api/ui/onboardings/${encodeURIComponent(family.onboarding.input.requestId)}`
  requireStepUp(visit, visit, { isNeeded: takesStepUp(task, role), page })
  const { answer, faults = tooMany(task, family) } = readAnswer(task, body, namedPlanOf(family))
  if (faults) {
    throw refusal({
      code: 'faulty-answer',
      title: `The answer to "${name}" has faults`,
      detail: 'Nothing was recorded. Mend every fault listed and answer again.',
      faults
    })
  }
  if (isOf(task, 'approve', 'confirm-plan')) await refuseUnread(steps.readers, family.onboarding, { actor, person })
  const onboarding = family.onboarding.input.requestId
  const entries: Entry<'answer'>[] = []
  for (const { chain, ...asking } of asked)
    entries.push(await steps.ledger.answer(chain, { onboarding, ...asking, person, by: actor, answer }))
  visit.info(`answer onboarding=${onboarding} task=${taskName(task)} by=${person.oid}`) // docs/operate.md: for a SIEM
  const chains = isOf(task, ...ofAll) && hadBranches(family) ? branchChainsOf(family.onboarding.input.plan) : []
  await tell(visit, family, { chains: [...asked.map(({ chain }) => chain), ...chains], entries })
  return entries[0]?.moment ?? ''
}

/** Whoever is named, those included who have yet to confirm the plan: they, too, may be replaced. */
const namedPlanOf = ({ onboarding, branches }: Family): OnboardingInput['plan'] =>
  namedNow(onboarding.input.plan, replacedIn(onboarding, branches))

/** Who answers may, by their role here and by what the plan says of who acts. Gives the role that it takes of them. */
async function roleOfWhoMay(
  visit: AnswerVisit,
  family: Family,
  { plan, task }: { readonly plan: PeopleOfPlan; readonly task: Task }
): Promise<Role> {
  const { actor, roles, person, steps } = visit
  const { role } = kindOf(task)
  const isApprover = roles.includes('Approver')
  if (asksForTakeover(task) && isApprover) return role
  const party = partyIn(family.onboarding, family.branches, person)
  const strangers = () => whyStranger(steps.directory, plan, { task, actor, party, person })
  // Whoever it was that is gone: an Approver ends it, named in the plan or not, and nobody is locked out (decision 75).
  if (isOf(task, 'cancel') && isApprover && (!suffices(roles, role) || (await strangers()))) return 'Approver'
  if (!isLeaver(plan, task, party)) requireRole(visit, role)
  const stranger = await strangers()
  if (stranger) throw stranger
  return role
}

/** Whoever says it by another role than the task's, an Approver who ends what others work at, needs it at any rate. */
const takesStepUp = (task: Task, role: Role): boolean => kindOf(task).stepUp || role !== kindOf(task).role

/** Who is said to leave is heard, whatever roles of the app they still have. */
const isLeaver = ({ changes = [] }: PeopleOfPlan, task: Task, party: string): boolean =>
  isOf(task, 'withdraw-replacement') &&
  changes.some(({ slot, stage, leaves }) => stage === 'proposed' && slot === task.slot && leaves === party)

/** What is said to an onboarding and concerns its branches: they ask the ledger, too. */
const ofAll = [
  'cancel',
  'halt',
  'go-on',
  'take-over',
  'confirm-replacement',
  'confirm-plan',
  'replace-officer'
] as const

interface Told {
  readonly chains: readonly string[]
  readonly entries: readonly Entry[]
}

/** It is written: whoever is busy, gone or out of reach hears of it when they look by themselves, or from the watch. */
async function tell(
  { orchestrations, steps: { ledger }, warn }: AnswerVisit,
  { onboarding }: Family,
  { chains, entries }: Told
): Promise<void> {
  const hints = [
    ...chains.map((chain) => wakeAll({ ledger, orchestrations }, [chain])),
    ...entries.map(({ moment }) => mailLater(orchestrations, onboarding.input.requestId, moment))
  ]
  for (const hint of await Promise.allSettled(hints))
    if (hint.status === 'rejected') warn('An answer stands in the ledger, and a hint of it was lost.', hint.reason)
}

/** Branches count only what they heard: all of an onboarding's replacements are known here alone. */
function tooMany(task: Task, { onboarding, branches }: Family): readonly Fault[] | undefined {
  if (!isOf(task, 'replace-operator') || replacedIn(onboarding, branches).length < mostReplacements) return undefined
  const message = `${String(mostReplacements)} people were replaced in this onboarding: cancel, and start anew with those who are there.`
  return [{ path: '', message }]
}

interface Sender extends Pick<Visit, 'actor' | 'person'> {
  /** By what name they stand in the plan; empty for whoever is not named. */
  readonly party: string
}

/** Why it is not theirs. Groups are looked up at this moment: who has left one may not answer any more. */
async function whyStranger(
  directory: Steps['directory'],
  plan: PeopleOfPlan,
  { task, actor, party, person }: Sender & { readonly task: Task }
): Promise<Refusal | undefined> {
  const forbidden = whyNotBy(plan, task, party)
  if (forbidden === undefined) return undefined
  const name = taskName(task)
  const groups = groupsAsked(plan, task)
  const among = groups.length > 0 ? await directory.isIn(groups, person) : 'no'
  if (among === 'yes') return undefined
  if (among === 'no')
    return refusal({ code: 'not-yours', title: `"${name}" is not ${actor}'s to answer`, detail: forbidden })
  return refusal({
    code: 'directory-silent',
    title: `Whether "${name}" is ${actor}'s to answer is not known`,
    detail: 'The directory did not say who is in the group. Nothing was recorded: answer again in a moment.'
  })
}

function neverAsked(family: Family, name: string) {
  const awaited = [...new Set(askings(family).map(({ task }) => taskName(task)))]
  const detail = awaited.length > 0 ? `Awaited now: ${awaited.join(', ')}.` : 'No answer is awaited at this moment.'
  return refusal({
    code: 'not-awaited',
    title: `"${name}" was never asked`,
    detail: `${detail} Look at the onboarding and answer what it asks.`,
    extra: { awaited }
  })
}
