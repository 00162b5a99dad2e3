import type { Override } from '../terms/evidence.ts'
import { sameTask, taskName, type Task } from '../tasks/task.ts'
import { mayFollow, type StepName } from './chapters.ts'
import type { Fact } from './fact.ts'
import type { State } from './state.ts'

/** The story went where no table lets it go: a fault of ours, never of people or of Azure. */
export class ImpossibleTransition extends Error {
  override readonly name = 'ImpossibleTransition'
}

/** The state after a fact. Pure: the same facts give the same state, however often they are told. */
export function evolve<F extends Fact['fact']>(state: State, fact: FactOf<F>): State {
  if (state.outcome !== undefined)
    throw new ImpossibleTransition(`Nothing follows the end (${state.outcome}): ${fact.fact}.`)
  const after: After<F> = afterFact[fact.fact]
  return after(state, fact)
}

type FactOf<F extends Fact['fact']> = { [K in F]: Extract<Fact, { fact: K }> }[F]
type After<F extends Fact['fact']> = (state: State, fact: FactOf<F>) => State

/** What each kind of fact changes. One that is missing here does not compile. */
const afterFact: { readonly [F in Fact['fact']]: After<F> } = {
  'chapter-begun': (state, { step, waitingOn }) => ({ ...state, step: following(state.step, step), waitingOn }),
  waiting: (state, { on }) => ({ ...state, waitingOn: on }),
  'step-done': (state, { fact: _, ...done }) => ({ ...state, steps: [...state.steps, { step: state.step, ...done }] }),
  asked,
  closed: (state, { tasks }) => ({
    ...state,
    tasks: state.tasks.filter(({ task }) => !tasks.some((each) => sameTask(each, task)))
  }),
  judged: (state, { task, refusal }) => ({ ...state, refusals: refusalsAfter(state.refusals, task, refusal) }),
  answered: (state, { answers }) => ({ ...state, answers: [...state.answers, ...answers] }),
  found: (state, { findings, at }) => ({ ...state, findings: findings.map((each) => ({ ...each, since: at })) }),
  overridden: (state, { overrides }) => ({
    ...state,
    overrides: [...state.overrides.filter((each) => !overrides.some(isSameWord(each))), ...overrides]
  }),
  proposed: (state, { proposal }) => ({ ...state, proposals: [...state.proposals, proposal] }),
  'proposal-over': (state, { proposal }) => ({
    ...state,
    proposals: state.proposals.filter(({ id }) => id !== proposal)
  }),
  replaced,
  'plan-confirmed': (state, { replacement }) => ({
    ...state,
    replaced: state.replaced.map(({ unread, ...each }) => ({
      ...each,
      ...(unread && each.id !== replacement && { unread })
    }))
  }),
  'registration-seen': (state, { registration, due }) => ({ ...state, registration, due }),
  'due-over': (state) => ({ ...state, due: undefined }),
  'looks-next': (state, { at, idle = false }) => ({ ...state, nextLook: at, idle }),
  halted: (state, { by }) => ({ ...state, halted: by }),
  'went-on': (state) => ({ ...state, halted: undefined }),
  'taken-over': (state, { fact: _, ...takeover }) => ({ ...state, takeovers: [...state.takeovers, takeover] }),
  'azure-awaited': (state, { wait }) => ({ ...state, wait }),
  ended
}

/** One word of a person, told again with more. */
const isSameWord =
  (one: Override) =>
  (other: Override): boolean =>
    one.code === other.code && one.by === other.by && one.at === other.at

/** The serial that the next asking of a name has. */
export const nextSerial = ({ serials }: State, name: string): number => (serials[name] ?? 0) + 1

function asked(state: State, { question, at }: FactOf<'asked'>): State {
  const name = taskName(question.task)
  const open = { ...question, serial: nextSerial(state, name), since: at }
  return { ...counted(state, name), tasks: [...state.tasks, open] }
}

const counted = (state: State, name: string): State => ({
  ...state,
  serials: { ...state.serials, [name]: nextSerial(state, name) }
})

function refusalsAfter(before: State['refusals'], task: Task, refusal: string | undefined): State['refusals'] {
  const { [taskName(task)]: _, ...others } = before
  return refusal === undefined ? others : { ...others, [taskName(task)]: refusal }
}

/** Whoever is asked by name is asked by the new one from now on. */
function replaced(state: State, { replacement }: FactOf<'replaced'>): State {
  const { leaves, joins } = replacement
  const tasks = state.tasks.map((task) => ({ ...task, for: task.for.replace(leaves, joins) }))
  return { ...state, tasks, replaced: [...state.replaced, replacement] }
}

/** An end leaves nothing to be answered; only the last chapter completes, and a branch, whose chapter is its whole story. */
function ended(state: State, { outcome, handOff }: FactOf<'ended'>): State {
  const over = {
    ...state,
    outcome,
    waitingOn: 'nobody' as const,
    tasks: [],
    findings: [],
    nextLook: undefined,
    ...(handOff && { handOff })
  }
  return outcome === 'completed' && state.step === 'hand-off' ? { ...over, step: following(state.step, 'done') } : over
}

function following(from: StepName, to: StepName): StepName {
  if (mayFollow(from, to)) return to
  throw new ImpossibleTransition(`Chapter ${to} does not follow ${from}.`)
}
