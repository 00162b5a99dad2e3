import { beforeEach, describe, expect, test } from 'vitest'
import { undeliverable } from '../../../local/azure/email/operation.ts'
import { outbox, type SentMail } from '../../../local/azure/email/outbox.ts'
import type { Ledger } from '../../../src/contracts/ledger.ts'
import type { Entry, Saying } from '../../../src/domain/ledger/entry.ts'
import type { OperatorLetter } from '../../../src/domain/mails/operator-letters.ts'
import { lookAtLetter } from '../../../src/steps/mails/look-at-letter.ts'
import { workloads } from '../../../src/domain/terms/workloads.ts'
import { mailOperators } from '../../../src/steps/mails/mail-operators.ts'
import { operationIdOf } from '../../../src/steps/mails/operation-id.ts'
import { sendOnce } from '../../../src/steps/mails/send-once.ts'
import { activityOf } from '../../../src/steps/outcome.ts'
import type { LedgerReach } from '../../../src/steps/step.ts'
import { useSimulation } from '../../azure/simulation.ts'
import { personNamed, planOf, threeWorkloads } from '../../domain/examples.ts'

const simulation = useSimulation()
const plan = planOf(threeWorkloads())
const now = '2026-11-02T17:00:00.000Z'
const log = { functionName: 'mail-operators', info: () => undefined, warn: () => undefined }
const giver = { upn: 'Alice A.', oid: personNamed('alice@contoso.com').oid }

/** What stands in the one open onboarding's chain. */
function saying(...said: Saying[]): LedgerReach['ledger'] {
  const entries: Entry[] = said.map((each, index) => ({ n: index + 1, moment: now, sha256: '', said: each }))
  // The step reads no more of a ledger than this.
  return { open: async () => [{ onboarding: 'contoso-1', entries }] } as Pick<Ledger, 'open'> as Ledger
}
const intent: Saying = {
  kind: 'intent',
  id: 'notify-microsoft.exchange.0',
  activity: 'notify-microsoft',
  generation: 1
}
const outcome: Saying = { kind: 'outcome', id: 'o', intent: intent.id, outcome: 'done', generation: 1 }

const confirmation = (nth: number): OperatorLetter => ({
  kind: 'confirmation',
  minute: '2026-11-02T17:00',
  giver,
  said: [{ id: String(nth), task: 'cancel', at: now }]
})

function send(letter: OperatorLetter, { ledger = saying(), yields = true } = {}) {
  const { azure, config } = simulation
  const ref = { name: 'contoso-1/plan.json', digest: plan.digest }
  const plans = { planOf: async () => plan, ofOnboarding: async () => ({ ref, plan }), workedBy: async () => plan }
  const step = mailOperators({ azure, config, ledger, plans })
  const input = { onboarding: plan.id, now, plan: ref, letter, yields }
  return activityOf(simulation)(step)(input, log)
}

const sent = (): SentMail[] => outbox(simulation.simulated.world).values()

beforeEach(async () => {
  await simulation.simulated.clock.advance(2 * 3_600_000) // what may be sent in an hour is limited
})

describe('a letter', () => {
  test('is sent once, however often it is asked for, and tells that it was', async () => {
    const before = sent().length
    const first = await send(confirmation(1))
    const again = await send(confirmation(1))
    expect(first).toMatchObject({ done: { before: false } })
    expect(again).toMatchObject({ done: { before: true } })
    expect(sent().slice(before)).toMatchObject([
      { to: ['alice@contoso.com'], replyTo: ['alice@contoso.com', 'bob@contoso.com'] }
    ])
  })

  test('to somebody without an address goes to the others, and to no name', async () => {
    const before = sent().length
    const letter = {
      ...confirmation(9),
      giver: { upn: 'mallory@contoso.com', oid: 'no-such-person' }
    } as OperatorLetter
    await send(letter)
    expect(sent().slice(before)).toMatchObject([{ to: ['alice@contoso.com', 'bob@contoso.com'] }])
  })

  test('is not sent while a mail to Microsoft is intended and not out, and is when that is', async () => {
    const before = sent().length
    expect(await send(confirmation(2), { ledger: saying(intent) })).toEqual({ done: { held: 'microsoft-first' } })
    expect(sent()).toHaveLength(before)
    expect(await send(confirmation(2), { ledger: saying(intent, outcome) })).toMatchObject({ done: { before: false } })
    expect(await send(confirmation(3), { ledger: saying(intent), yields: false })).toMatchObject({ done: {} })
    expect(sent()).toHaveLength(before + 2)
  })

  test('beyond the limit of a minute comes back with the wait that the mail service asks for, and is not lost', async () => {
    for (const nth of [10, 11, 12, 13, 14]) await send(confirmation(nth))
    const before = sent().length
    await expect(send(confirmation(20))).rejects.toThrow('asked to slow down')
    await simulation.simulated.clock.advance(61_000)
    expect(await send(confirmation(20))).toMatchObject({ done: { before: false } })
    expect(sent()).toHaveLength(before + 1)
  })

  test('leaves room in the hour for one mail to Microsoft about each workload, however many letters there are', async () => {
    for (const nth of [30, 31, 32, 33, 34]) await send(confirmation(nth))
    await simulation.simulated.clock.advance(61_000)
    const answers = []
    for (const nth of [35, 36, 37, 38, 39]) answers.push(await send(confirmation(nth), { yields: false }))
    expect(answers.slice(0, 2)).toMatchObject([{ done: { before: false } }, { done: { before: false } }])
    expect(answers.slice(2)).toEqual(Array(3).fill({ done: { held: 'hour-is-full' } }))
    const before = sent().length
    for (const { alias: to } of Object.values(workloads)) await mail(to)
    expect(sent().slice(before)).toMatchObject(Object.values(workloads).map(({ alias }) => ({ to: [alias] })))
    await simulation.simulated.clock.advance(3_600_000)
    expect(await send(confirmation(39))).toMatchObject({ done: { before: false } })
  })
})

/** As any mail to Microsoft is sent. */
function mail(to: string) {
  const operationId = operationIdOf(plan, 'alias', to)
  const mails = { operationId, to: [to], subject: 'Customer Key for contoso.com', text: 'text' }
  return sendOnce(simulation.azure, { onboarding: plan.id, kind: 'alias', now }, mails)
}

test('a look tells how a letter ended, and which one nobody knows', async () => {
  undeliverable(simulation.simulated.world).set('alice@contoso.com', {})
  const handed = await send(confirmation(40))
  const operationId = 'done' in handed && 'operationId' in handed.done ? handed.done.operationId : ''
  await simulation.simulated.clock.advance(120_000)
  const { azure, config } = simulation
  const look = lookAtLetter({ azure, config })
  const about = { onboarding: plan.id, now }
  expect(await look({ ...about, operationId }, log)).toEqual({ state: 'Failed' })
  expect(await look({ ...about, operationId: '00000000-0000-4000-8000-0000000000aa' }, log)).toEqual({
    state: 'unknown'
  })
  undeliverable(simulation.simulated.world).delete(giver.upn)
})
