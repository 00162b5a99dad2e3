import { expect, test } from 'vitest'
import { type Fakes, type Outcome as Trialled, type RaisedEvent, tryOrchestrator } from '../../local/host/testing.ts'
import type { Activities } from '../../src/contracts/activities.ts'
import type { EvidenceRef } from '../../src/domain/terms/evidence.ts'
import type { LetterInput } from '../../src/contracts/letters.ts'
import type { OnboardingInput } from '../../src/contracts/orchestrations.ts'
import type { Plan, PlanRef } from '../../src/domain/plan/plan.ts'
import type { Answer } from '../../src/domain/tasks/answers.ts'
import { taskName } from '../../src/domain/tasks/task.ts'
import { look } from '../../src/names.ts'
import { type Context, now } from '../../src/orchestrators/durable.ts'
import type { State } from '../../src/domain/state/state.ts'
import type { Board } from '../../src/orchestrators/board.ts'
import { deskIn } from './desk.ts'
import { type Contracts, type Spoken, spoken } from './spoken.ts'
import { waitOnMicrosoft, type RegistrationWait } from '../../src/orchestrators/wait-on-microsoft.ts'
import { offersOf, parsed, planOf, threeWorkloads } from '../domain/examples.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
// A Monday, 09:00 in Redmond, in a fortnight without holidays.
const monday = new Date('2026-03-09T16:00:00.000Z')

test('nobody is told anything when Microsoft registers within the service level', async () => {
  const { output, calls, took } = await wait({ registeredAfter: 2 * DAY_MS, events: [changed(2 * DAY_MS)] })
  expect(output.registration.states).toEqual(['Registered', 'Registered'])
  expect(output.registration.breachedAt).toBeUndefined()
  expect(mails(calls)).toEqual([])
  expect(took).toBe(2 * DAY_MS)
})

test('operators are reminded after four business days and alarmed after five, and the wait goes on', async () => {
  const { output, calls, took } = await wait({ registeredAfter: 10 * DAY_MS, events: [changed(10 * DAY_MS)] })
  expect(mails(calls)).toEqual([
    ['reminder', '2026-03-13T16:00:00.000Z'],
    ['escalation', '2026-03-16T16:00:00.000Z'],
    ['escalation 2', '2026-03-18T16:00:00.000Z']
  ])
  expect(output.registration.breachedAt).toBe('2026-03-16T16:00:00.000Z')
  expect(took).toBe(10 * DAY_MS)
})

test('an unanswered escalation is repeated every second business day, three times, and then every week', async () => {
  const { calls } = await wait({ registeredAfter: 45 * DAY_MS, events: [changed(45 * DAY_MS)] })
  expect(mails(calls).map(([kind, when]) => [kind, when.slice(0, 10)])).toEqual([
    ['reminder', '2026-03-13'],
    ['escalation', '2026-03-16'],
    ['escalation 2', '2026-03-18'],
    ['escalation 3', '2026-03-20'],
    ['escalation 4', '2026-03-24'],
    ['escalation 5', '2026-03-31'],
    ['escalation 6', '2026-04-07'],
    ['escalation 7', '2026-04-14'],
    ['escalation 8', '2026-04-21']
  ])
})

test('every letter is written by the plan that was approved, whatever the settings of the day', async () => {
  const { calls } = await wait({ registeredAfter: 8 * DAY_MS, events: [changed(8 * DAY_MS)] })
  const plans = calls
    .filter(({ name }) => name === 'post-letter')
    .map(({ input }) => (input as Activities['post-letter']['input']).plan)
  expect(plans).toEqual(plans.map(() => refOf(planOf(threeWorkloads()))))
  expect(plans.length).toBeGreaterThan(0)
})

test("Microsoft's acknowledgement starts the five business days anew", async () => {
  const acknowledged = { after: 2 * DAY_MS, task: 'acknowledge' }
  const { output, calls } = await wait({
    registeredAfter: 6 * DAY_MS,
    said: [acknowledged],
    events: [changed(6 * DAY_MS)]
  })
  expect(output.registration).toMatchObject({ acknowledgedAt: at(2 * DAY_MS), dueAt: at(9 * DAY_MS) })
  expect(output.answers).toMatchObject([{ task: { kind: 'acknowledge' }, by: 'alice@contoso.com' }])
  expect(mails(calls)).toEqual([])
})

test.each(['2006-01-02T09:00:00Z', '1970-01-01T00:00:00Z', '2026-03-12T16:00:00Z'])(
  'an acknowledgement of %s, before the mail or still to come, is not taken, and the next one is',
  async (then) => {
    const task = 'acknowledge'
    const said = [
      { after: DAY_MS, task, answer: { at: then } },
      { after: 2 * DAY_MS, task, serial: 2 }
    ]
    const { output } = await wait({ registeredAfter: 3 * DAY_MS, said, events: [changed(3 * DAY_MS)] })
    expect(output.registration).toMatchObject({ acknowledgedAt: at(2 * DAY_MS) })
    expect(output.answers).toHaveLength(1)
  }
)

test('what Microsoft answers otherwise is kept with its number, and makes it people’s turn where they are to act', async () => {
  const task = 'microsoft-answered'
  const said = [
    { after: DAY_MS, task, answer: { outcome: 'bounced', workload: 'exchange' } },
    { after: 2 * DAY_MS, task, serial: 2, answer: { outcome: 'ticket-opened', reference: 'case 4711' } }
  ]
  const { output, shown: statuses } = await wait({ registeredAfter: 3 * DAY_MS, said, events: [changed(3 * DAY_MS)] })
  expect(output.answers).toMatchObject(said.map(({ answer }) => ({ task: { kind: task }, answer })))
  const shown = statuses.map(({ waitingOn, tasks }) => {
    const { optional, asks } = tasks.find((each) => each.task.kind === task) ?? {}
    return [waitingOn, optional === true, asks?.split('.')[0]]
  })
  expect(shown).toContainEqual(['people', false, 'The mail came back (Exchange Online and Skype for Business)'])
  expect(shown).toContainEqual(['microsoft', true, 'A support request is open, reference case 4711'])
})

test('an escalation that people sent before it was written is asked for again', async () => {
  const task = 'send-escalation-1-exchange'
  const said = [
    { after: 7.2 * DAY_MS, task, answer: { at: at(DAY_MS) } },
    { after: 7.4 * DAY_MS, task, serial: 2 }
  ]
  const { output } = await wait({ registeredAfter: 8 * DAY_MS, said, events: [changed(8 * DAY_MS)], mail: 'person' })
  expect(output.answers).toMatchObject([{ task: { kind: 'send-escalation', number: 1 }, at: at(7.4 * DAY_MS) }])
})

test('where people send the mails they are asked to send each escalation, and a later one takes the place of what was not sent', async () => {
  const sent = { after: 9 * DAY_MS, task: 'send-escalation-2-exchange' }
  const { output, calls } = await wait({
    registeredAfter: 12 * DAY_MS,
    said: [sent],
    events: [changed(12 * DAY_MS)],
    mail: 'person'
  })
  expect(calls.filter(({ name }) => name === 'write-escalation')).toHaveLength(9)
  expect(output.answers).toMatchObject([
    {
      task: { kind: 'send-escalation', workload: 'exchange', number: 2 },
      by: 'alice@contoso.com',
      at: at(9 * DAY_MS)
    }
  ])
})

test('a wake-up before both subscriptions are registered ends nothing', async () => {
  const { output, took } = await wait({ registeredAfter: 20 * DAY_MS, events: [changed(HOUR_MS)] })
  expect(output.registration.states).toEqual(['Registered', 'Registered'])
  expect(took).toBeGreaterThanOrEqual(20 * DAY_MS) // nobody raises another event: the next escalation looks first
})

interface World {
  /** When Azure begins to answer `Registered`, in milliseconds after the start. */
  readonly registeredAfter: number
  readonly events: readonly RaisedEvent[]
  readonly said?: readonly Spoken[]
  readonly mail?: 'person'
  /** Of a generation that goes on where another was. */
  readonly mailedAt?: string
  readonly carried?: readonly Answer[]
}

/** With what was shown whenever the ledger was read. */
async function wait({
  registeredAfter,
  events,
  mail,
  said = [],
  ...goesOn
}: World): Promise<Trialled<RegistrationWait> & { shown: State[] }> {
  const shown: State[] = []
  let board: Board | undefined
  const ledger = spoken(monday, said)
  const activities: Fakes<Contracts> = {
    ...ledger.activities,
    hear(input) {
      if (board) shown.push(board.state)
      return ledger.activities.hear(input)
    },
    'look-at-registration': ({ slot, now: asked }) => ({
      done: {
        evidence: evidence(slot),
        findings: [],
        state: Date.parse(asked) >= monday.getTime() + registeredAfter ? 'Registered' : 'Pending'
      }
    }),
    'mail-escalation': ({ letter }) => ({ done: { operationId: letter.kind } }),
    'post-letter': () => ({ done: null }),
    'write-escalation': ({ task }) => ({ done: { to: taskName(task) } })
  }
  const tried = await tryOrchestrator<RegistrationWait, Contracts>({
    orchestrator: story(mail, { ...goesOn, onBoard: (own) => (board = own) }),
    activities,
    events: [...ledger.events, ...events],
    from: monday
  })
  return { ...tried, shown }
}

const refOf = ({ id, digest }: Plan): PlanRef => ({ name: `${id}/plan.json`, digest })

interface GoesOn extends Pick<World, 'mailedAt' | 'carried'> {
  readonly onBoard: (board: Board) => void
}

const story = (mail: 'person' | undefined, { carried = [], onBoard, ...goesOn }: GoesOn) =>
  function* (context: Context): ReturnType<typeof waitOnMicrosoft> {
    const request = parsed(threeWorkloads())
    const plan = planOf({ ...threeWorkloads(), mail })
    const told: OnboardingInput = {
      request,
      requestId: request.id,
      startedBy: 'alice@contoso.com',
      plan,
      planRef: refOf(plan),
      generation: 1
    }
    const { mailedAt = now(context) } = goesOn
    const desk = deskIn(context, 'registration')
    onBoard(desk.board)
    return yield* waitOnMicrosoft(
      { ...desk, ...told, planned: plan, offers: [], ended: {}, carried },
      {
        states: { 1: 'Pending', 2: 'Pending' },
        firstMailAt: mailedAt,
        mailedAt,
        answers: [],
        evidence: [],
        offers: offersOf(told.plan)
      }
    )
  }

test('an escalation to Microsoft is sent by the work itself, once for each alias, and then only followed', async () => {
  const { calls } = await wait({ registeredAfter: 8 * DAY_MS, events: [changed(8 * DAY_MS)] })
  const sent = calls.filter(({ name }) => name === 'mail-escalation').map(({ input }) => input)
  expect(sent).toMatchObject(
    ['exchange', 'sharepoint', 'multi-workload'].map((workload) => ({ letter: { workload }, ordinal: 1 }))
  )
  const followed = calls.filter(({ name }) => name === 'post-letter').map(({ input }) => input)
  expect(followed.filter((input) => (input as LetterInput).operationId !== undefined)).toHaveLength(3)
})

test('a generation that takes over numbers escalations as the one before did, so that none is taken for one already sent', async () => {
  const mailedAt = '2026-02-24T16:00:00.000Z' // due on Tuesday 3 March: three escalations are owed on the 9th, all sent before
  const ordinals = async (carried: readonly Answer[]) => {
    const { calls } = await wait({ registeredAfter: 12 * DAY_MS, events: [changed(12 * DAY_MS)], mailedAt, carried })
    const sent = calls.filter(({ name }) => name === 'mail-escalation').map(({ input }) => input)
    return [...new Set((sent as Activities['mail-escalation']['input'][]).map(({ ordinal }) => ordinal))]
  }
  expect(await ordinals([])).toEqual([3, 4, 5])
  const at = '2026-03-06T16:00:00.000Z' // after two of them
  const answer = { at }
  const acknowledged: Answer<'acknowledge'> = {
    task: { kind: 'acknowledge' },
    by: 'alice@contoso.com',
    person: { oid: 'alice', tid: 'contoso' },
    at,
    answer
  }
  expect(await ordinals([acknowledged])).toEqual([3, 4, 5])
})

test('a generation that finds Microsoft done owes what was due before it, and nothing of what was due after Microsoft had answered', async () => {
  const due = '2026-02-24T16:00:00.000Z' // as above: three on the 9th
  const late = await wait({ registeredAfter: 0, events: [], mailedAt: due })
  expect(late.output).toMatchObject({
    escalationsOwed: 3,
    registration: { breachedAt: '2026-03-03T16:00:00.000Z' }
  })
  const inTime = await wait({ registeredAfter: 7 * DAY_MS - HOUR_MS, events: [] }) // due on Monday, and seen then
  expect(inTime.output).toMatchObject({ escalationsOwed: 0 })
  const once = await wait({ registeredAfter: 8 * DAY_MS, events: [changed(8 * DAY_MS)] })
  expect(once.output).toMatchObject({ escalationsOwed: 1 })
})

test('each escalation is one mail to each alias and one to the operators', async () => {
  const { calls } = await wait({ registeredAfter: 8 * DAY_MS, events: [changed(8 * DAY_MS)] })
  const letters = calls
    .filter(({ name }) => name === 'post-letter')
    .map(({ input }) => (input as Activities['post-letter']['input']).letter)
  expect(letters.map(({ kind }) => kind)).toEqual(['reminder', 'escalation', 'escalation', 'escalation', 'breach'])
})

function changed(after: number): RaisedEvent {
  return { after, event: look, data: null }
}

/** An escalation goes to each of the three aliases and, as a breach, to the operators: shown once. */
function mails(calls: Trialled<unknown>['calls']): [kind: string, at: string][] {
  return calls
    .filter(({ name }) => name === 'post-letter')
    .map(({ input }) => input as Activities['post-letter']['input']) // only the orchestrator under test calls it
    .filter(({ letter }) => (letter.kind === 'escalation' ? letter.workload === 'exchange' : letter.kind !== 'breach'))
    .map(({ letter, now: at }) => [
      letter.kind === 'escalation' && letter.number > 1 ? `escalation ${String(letter.number)}` : letter.kind,
      at
    ])
}

function at(after: number): string {
  return new Date(monday.getTime() + after).toISOString()
}

function evidence(slot: 1 | 2): EvidenceRef {
  return { store: `slot-${slot}`, name: `registration-${slot}`, sha256: '0'.repeat(64), requirements: ['R26'] }
}
