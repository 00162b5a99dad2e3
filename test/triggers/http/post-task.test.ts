import { beforeAll, describe, expect, test, vi } from 'vitest'
import { outbox } from '../../../local/azure/email/outbox.ts'
import { alice, bob, faultsAt, refused, useApp } from '../../app/running-app.ts'
import { fabrikam } from '../../app/requests.ts'

const app = useApp()
const id = 'tasks'
const carol = 'carol@fabrikam.com'
const offer = { requestId: 'FT-7', officers: [{ name: 'Olga Officer', email: 'olga@fabrikam.com' }] }
interface AnswerItem {
  readonly task: string
  readonly by: string
  readonly verdict?: string
  readonly why?: string
}
const answers = async (): Promise<AnswerItem[]> =>
  ((await app.ask(`/api/onboardings/${id}/answers`, { actor: alice })).body as { items: AnswerItem[] }).items
/** Every answer so far, once each has its verdict. */
const judged = () =>
  vi.waitFor(async () => {
    const all = await answers()
    expect(all.filter(({ verdict }) => verdict === undefined)).toEqual([])
    return all
  }, 30_000)
const digest = async () =>
  ((await app.ask(`/api/onboardings/${id}`, { actor: alice })).body as { planDigest: string }).planDigest

beforeAll(async () => {
  await app.start(fabrikam({ id }))
  await app.until(id, (view) => view.step === 'offers')
}, 60_000)

// One onboarding goes through its tasks in order; no test needs another to have passed but for the step they stand in.
describe('while the offer is awaited', () => {
  test('a task of an onboarding that does not exist is not found', async () => {
    expect(await app.answer('nobody', 'offer-sharepoint', alice, offer)).toMatchObject(refused(404))
  })

  test.for([
    'offer-exchange',
    'approve-slot-1',
    'retry-offer-type-slot-1',
    'override-anything',
    'no-such-task',
    'offer-sharepoint-1'
  ])('%s was never asked, and the answer says what is', async (task) => {
    expect(await app.answer(id, task, alice, offer)).toMatchObject(
      refused(409, { awaited: ['cancel', 'halt', 'replace-operator-1', 'replace-operator-2', 'offer-sharepoint'] })
    )
  })

  test('nobody but an operator may answer', async () => {
    const detail = expect.stringContaining('alice@fabrikam.com, bob@fabrikam.com and carol@fabrikam.com')
    expect(await app.answer(id, 'offer-sharepoint', 'mallory@fabrikam.com', offer)).toMatchObject(
      refused(403, { detail })
    )
    const body = { reason: 'because I can do it' }
    const headers = { 'x-local-roles': 'Reader,Operator' } // an Approver may end it
    const sent = { method: 'POST', actor: 'mallory@fabrikam.com', headers, body }
    expect(await app.ask(`/api/onboardings/${id}/tasks/cancel`, sent)).toMatchObject(refused(403))
  })

  test.for([
    ['nothing at all', {}, ['/requestId', '/officers']],
    [
      'a request id with a space, no officer and a field of its own',
      { requestId: 'FT 7', officers: [], colour: 'red' },
      ['/requestId', '/officers', '/colour']
    ],
    ['an officer without address', { ...offer, officers: [{ name: 'Olga' }] }, ['/officers/0/email']],
    [
      'an officer whose address holds a line break',
      { ...offer, officers: [{ name: 'Olga', email: 'olga@fabrikam.com\nBcc: x@y.zz' }] },
      ['/officers/0/email']
    ],
    ['a list', [offer], ['']],
    ['a text', 'FT-7', ['']]
  ] as const)('%s is no offer: every fault is listed and nothing recorded', async ([, answer, paths]) => {
    expect(await app.answer(id, 'offer-sharepoint', alice, answer)).toMatchObject(
      refused(422, { faults: faultsAt(...paths) })
    )
    expect((await app.view(id)).step).toBe('offers')
  })

  test('a reason to cancel must be a reason', async () => {
    expect(await app.answer(id, 'cancel', alice, { reason: 'no' })).toMatchObject(
      refused(422, { faults: faultsAt('/reason') })
    )
    expect(await app.answer(id, 'cancel', alice, {})).toMatchObject(refused(422, { faults: faultsAt('/reason') }))
  })

  test('an answer that is not JSON is refused', async () => {
    const path = `/api/onboardings/${id}/tasks/offer-sharepoint`
    expect(await app.ask(path, { method: 'POST', actor: alice, raw: '{' })).toMatchObject(refused(400))
  })

  test('of many answers at once one counts; the others, and those that come when all is over, came too late', async () => {
    const answers = ['FT-1', 'FT-2', 'FT-3', 'FT-4'].map((requestId) =>
      app.answer(id, 'offer-sharepoint', alice, { ...offer, requestId })
    )
    const replies = await Promise.all(answers)
    expect(replies.map(({ status }) => status)).toEqual([202, 202, 202, 202])
    const { steps } = await app.until(id, (view) => view.step === 'approvals')
    expect(steps.filter((step) => step.step === 'offers').map((step) => step.detail)).toEqual([
      expect.stringMatching(/^FT-[1-4] · /)
    ])
    expect(await app.answer(id, 'offer-sharepoint', alice, offer)).toMatchObject({ status: 202 })
    const all = (await judged()).filter(({ task }) => task === 'offer-sharepoint')
    expect(all.map(({ verdict }) => verdict).toSorted()).toEqual(['late', 'late', 'late', 'late', 'taken'])
    for (const { verdict, why } of all) if (verdict === 'late') expect(why).toMatch(/^Too late: .*alice.*\.$/)
  })

  test('what did not count stands in the document with its reason, until its giver says it anew', async () => {
    const { answers: shown } = await app.view(id)
    expect(shown.filter(({ verdict }) => verdict === 'late')).toEqual(
      expect.arrayContaining([
        {
          task: 'offer-sharepoint',
          by: alice,
          at: expect.any(String),
          verdict: 'late',
          why: expect.any(String),
          judgedAt: expect.any(String)
        }
      ])
    )
  })
})

describe('while approvals are awaited', () => {
  beforeAll(() => app.until(id, (view) => view.step === 'approvals'))

  test('an operator of one slot may not approve the other', async () => {
    const answer = { planDigest: await digest() }
    expect(await app.answer(id, 'approve-slot-2', alice, answer)).toMatchObject(refused(403))
    expect(await app.answer(id, 'approve-slot-1', bob, answer)).toMatchObject(refused(403))
    expect(await app.answer(id, 'approve-slot-1', carol, answer)).toMatchObject(refused(403))
  })

  test.for([
    ['of another plan', 'a'.repeat(64)],
    ['that is none', 'yes']
  ] as const)('a digest %s approves nothing', async ([, planDigest]) => {
    const reply = await app.answer(id, 'approve-slot-1', alice, { planDigest })
    expect(reply).toMatchObject(refused(422, { faults: faultsAt('/planDigest') }))
  })

  test('one person approves one slot once; the other slot waits for its own people', async () => {
    const answer = { planDigest: await digest() }
    expect(await app.answer(id, 'approve-slot-1', 'ALICE@Fabrikam.com', answer)).toMatchObject({
      status: 202,
      body: { task: 'approve-slot-1', by: alice }
    })
    const { step, tasks } = await app.until(id, (view) => view.tasks.every((task) => task.name !== 'approve-slot-1'))
    expect([step, tasks.map((task) => task.name)]).toEqual([
      'approvals',
      ['cancel', 'halt', 'replace-operator-1', 'replace-operator-2', 'replace-officer', 'approve-slot-2']
    ])
    expect(await app.answer(id, 'approve-slot-1', alice, answer)).toMatchObject({ status: 202 })
    expect((await judged()).at(-1)).toMatchObject({ task: 'approve-slot-1', verdict: 'late' })
  })

  test('nothing irrevocable is done before both have approved', () => {
    const { journal, world } = app.stage.azure
    const toMicrosoft = outbox(world)
      .values()
      .filter(({ to }) => to.some((address) => address.endsWith('microsoft.com')))
    expect([journal.counts()['arm']?.['features.register'], toMicrosoft]).toEqual([undefined, []])
  })
})

describe('halt', () => {
  test('is open to any operator; one person of each slot lifts it, and what was approved meanwhile is not lost', async () => {
    expect(await app.answer(id, 'go-on-slot-1', alice, {})).toMatchObject(refused(409))
    expect(await app.answer(id, 'halt', carol, { reason: 'somebody moves a subscription' })).toMatchObject({
      status: 202
    })
    const { halted, tasks } = await app.until(id, (view) => view.halted !== null && view.tasks.length > 0)
    expect(halted).toMatchObject({ by: carol })
    expect(tasks.map(({ name }) => name)).toEqual(expect.arrayContaining(['cancel', 'go-on-slot-1', 'go-on-slot-2']))
    expect(await app.answer(id, 'go-on-slot-1', bob, {})).toMatchObject(refused(403))
    expect(await app.answer(id, 'go-on-slot-1', alice, {})).toMatchObject({ status: 202 })
    expect(await app.answer(id, 'go-on-slot-2', bob, {})).toMatchObject({ status: 202 })
    await app.until(id, (view) => view.halted === null)
    expect((await judged()).slice(-3)).toMatchObject([
      { task: 'halt', verdict: 'taken', reason: 'somebody moves a subscription' },
      { task: 'go-on-slot-1', verdict: 'taken' },
      { task: 'go-on-slot-2', verdict: 'taken' }
    ])
    expect(await app.answer(id, 'go-on-slot-1', alice, {})).toMatchObject({ status: 202 })
    expect((await judged()).at(-1)).toMatchObject({ verdict: 'late' })
  })
})

describe('while the store of records does not answer', () => {
  test('an answer gets 503, is written down nowhere, and nobody is told of it', async () => {
    const before = await answers()
    const cure = app.stage.azure.faults.add({
      service: 'storage',
      kind: 'status',
      status: 503,
      code: 'ServerBusy',
      times: 'always',
      fits: ({ method, path }) => method === 'PUT' && /\/(ledger|records)\//.test(path)
    })
    const reply = await app.answer(id, 'replace-operator-1', bob, {
      leaves: alice,
      joins: 'anna@fabrikam.com',
      reason: 'Alice left the company'
    })
    cure()
    expect(reply).toMatchObject(refused(503, { type: 'urn:customer-key:problem:store-silent' }))
    expect(await answers()).toEqual(before)
  })
})

describe('cancel', () => {
  test('ends the onboarding: its outcome is cancelled, nothing is awaited any more and nothing was changed', async () => {
    await app.end(id)
    expect(await app.view(id)).toMatchObject({ status: 'cancelled', tasks: [], findings: [], handOff: null })
    expect(await app.answer(id, 'cancel', alice, { reason: 'once more, to be sure' })).toMatchObject({ status: 202 })
    expect(await app.answer(id, 'approve-slot-2', bob, { planDigest: await digest() })).toMatchObject({ status: 202 })
    expect((await judged()).slice(-2)).toMatchObject([
      { task: 'cancel', by: alice, reason: 'once more, to be sure', verdict: 'late' },
      { task: 'approve-slot-2', by: bob, verdict: 'late' }
    ])
    expect(await app.answer(id, 'attest-offline-1', alice, { location: 'safe 1' })).toMatchObject(
      refused(409, { awaited: [] })
    )
    expect(app.stage.azure.journal.counts()['arm']?.['features.register']).toBeUndefined()
  })
})
