import type { RequirementFacts, Statement, TaskFamily } from '../requirements/requirement-facts.ts'
import { planWorkloads } from '../plan/plan-workloads.ts'
import { replacedAlias } from '../plan/deployment.ts'
import type { OfflineCopy } from '../backups/offline-copy.ts'
import type { Plan } from '../plan/plan.ts'
import type { Answer } from '../tasks/answers.ts'
import { isOf, sameTask, taskName, type Task } from '../tasks/task.ts'
import { taskKinds } from '../tasks/task-kinds.ts'
import type { Override } from '../terms/evidence.ts'
import { codeOf, type SeenFact } from './seen-facts.ts'

/** Lists of the hand-off where people's words stand; those in no list stand in the ledger (`ckey audit`), or in the records. */
export const lists = ['approvals', 'officers', 'offlineCopies', 'overrides', 'registration', 'ledger', 'shown'] as const

/** A person's word: who said it, when, and where in the hand-off what they said stands. */
export interface Word {
  /** e.g. `approve-slot-1`, `override-licence-tenant`. */
  readonly task: string
  /** UPN asserted by the platform. */
  readonly by: string
  /** ISO 8601 UTC */
  readonly at: string
  readonly in: (typeof lists)[number]
}

export interface WordSources {
  readonly plan: Plan
  readonly tasks: readonly Answer[]
  readonly laterCopies: readonly OfflineCopy[]
  readonly overrides: readonly Override[]
}

export interface Words {
  readonly said: readonly Word[]
  /** How many must have been said, and how many of those were. */
  readonly needed: number
  readonly given: number
}

/** The answers of a family that a plan needs, as far as they were given and say what is wanted. */
export function wordsOf(family: TaskFamily | undefined, sources: WordSources, statement?: Statement): Words {
  if (family === undefined) return { said: [], needed: 0, given: 0 }
  const asked = tasksOf(family, sources.plan)
  const answers = sources.tasks.filter(
    (answer) => asked.some((each) => sameTask(each, answer.task)) && says(answer, statement)
  )
  const needed = asked.filter(({ kind }) => !taskKinds[kind].optional)
  const given = needed.filter((each) => answers.some(({ task }) => sameTask(each, task)))
  const said = answers.map(({ task, by, at }) => ({ task: taskName(task), by, at, in: listOf[family] }))
  return { said, needed: needed.length, given: given.length }
}

/** Decisions to go on although something did not hold, unless it was seen to hold in the end. */
export const overridesOf = (
  { id }: RequirementFacts,
  facts: readonly SeenFact[],
  { overrides }: WordSources
): readonly Word[] =>
  overrides
    .filter(({ code, requirement }) => {
      const fact = facts.find((each) => codeOf(each) === code)
      return fact ? fact.state === 'overridden' : requirement === id
    })
    .map(({ code, by, at }) => ({ task: taskName({ kind: 'override', code }), by, at, in: 'overrides' }))

/** Who said that they sent an escalation that the app wrote for them (R25). */
export const escalationsSent = ({ tasks }: Pick<WordSources, 'tasks'>): Word[] =>
  tasks.flatMap(({ task, by, at }) =>
    isOf(task, 'send-escalation') ? [{ task: taskName(task), by, at, in: 'ledger' }] : []
  )

/** Who attested an offline copy once more, after keys had been backed up again (R45). */
export const copiesSaid = ({ laterCopies }: Pick<WordSources, 'laterCopies'>): Word[] =>
  laterCopies.map(({ slot, by, at }) => ({
    task: taskName({ kind: 'attest-offline', slot }),
    by,
    at,
    in: 'offlineCopies'
  }))

/** A recipient in the place of Microsoft's alias: those who approved the plan that says so stand for it (R22). */
export const isMailedElsewhere = ({ id }: RequirementFacts, { plan }: WordSources): boolean =>
  id === 'R22' && planWorkloads(plan).some((workload) => replacedAlias(plan, workload) !== undefined)

const listOf: Readonly<Record<TaskFamily, Word['in']>> = {
  offers: 'officers',
  approvals: 'approvals',
  attestations: 'offlineCopies',
  acknowledgement: 'registration',
  mails: 'ledger'
}

/** The tasks of a family that a plan has, as their kinds say. */
const tasksOf = (family: TaskFamily, plan: Plan): Task[] =>
  Object.values(taskKinds).flatMap(({ proves }): readonly Task[] =>
    proves?.family === family ? proves.expected(plan) : []
  )

const says = ({ answer }: Answer, statement: Statement | undefined): boolean =>
  statement === undefined || (statement in answer && Boolean((answer as Readonly<Record<string, unknown>>)[statement]))
