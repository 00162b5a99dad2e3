import type { Fakes, RaisedEvent } from '../../local/host/testing.ts'
import type { Activities, ActivityName } from '../../src/contracts/activities.ts'
import type { Heard, Pending, Recalled, Verdict } from '../../src/contracts/ledger.ts'
import type { Answer } from '../../src/domain/tasks/answers.ts'
import type { Outcome } from '../../src/domain/terms/outcome.ts'
import { look } from '../../src/names.ts'
import { personNamed } from '../domain/examples.ts'
import { taskOf } from '../domain/tasks.ts'

/** Every activity, as the orchestrators meet it: its output, or a final refusal. */
export type Contracts = {
  [N in ActivityName]: { input: Activities[N]['input']; output: Outcome<Activities[N]['output']> }
}

/** What somebody says, so many milliseconds after the start. */
export interface Spoken {
  readonly after: number
  readonly task: string
  readonly by?: string
  readonly answer?: unknown
  /** Of the asking that it answers. Default: 1. */
  readonly serial?: number
}

/** A ledger in which this is written down when it is said, for orchestrators that are tried alone. */
export function spoken(from: Date, said: readonly Spoken[], recalled: Partial<Recalled> = {}) {
  const verdicts: Verdict[] = []
  const answers = said.map((each, index) => pending(from, each, index))
  const heard = (now: string): Heard => ({
    answers: answers.filter(({ id, at }) => at <= now && !verdicts.some(({ answer }) => answer === id)),
    amendments: [],
    failedMails: []
  })
  const activities = {
    recall: ({ now }: Activities['recall']['input']) => ({
      done: { ...heard(now), chapters: {}, facts: [], carried: [], ...recalled }
    }),
    hear: ({ now }: Activities['hear']['input']) => ({ done: heard(now) }),
    'weigh-answer': () => ({ done: {} }),
    judge: (input: Activities['judge']['input']) => {
      verdicts.push(...input.verdicts)
      return { done: input.verdicts }
    },
    amend: () => ({ done: null }),
    'end-chapter': () => ({ done: null }),
    close: () => ({ done: null }),
    wake: () => ({ done: null }),
    'start-minute-mails': () => ({ done: null })
  } satisfies Fakes<Contracts>
  const events = said.map(({ after }) => ({ after, event: look }) satisfies RaisedEvent)
  return { activities, events, verdicts }
}

function pending(
  from: Date,
  { after, task, by = 'alice@contoso.com', answer = {}, serial = 1 }: Spoken,
  index: number
) {
  const at = new Date(from.getTime() + after).toISOString()
  // Tests say what the task of this name takes.
  const said = { task: taskOf(task), by, person: personNamed(by), at, answer } as Answer
  return { ...said, id: `answer-${String(index)}`, serial, generation: 1 } satisfies Pending
}
