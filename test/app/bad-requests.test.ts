import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alice, faultsAt, refused, useApp } from './running-app.ts'
import { fabrikam, subscriptionIds } from './requests.ts'

const app = useApp()
const good = fabrikam()
const [first, second] = good.subscriptions
const post = (path: string, body: unknown) => app.ask(path, { method: 'POST', actor: alice, body })

const faulty: readonly [what: string, body: unknown, paths: string[]][] = [
  ['one subscription twice', subscriptions(first, { ...second, id: subscriptionIds[0] }), ['/subscriptions/1/id']],
  [
    'one subscription twice in other capitals',
    subscriptions(first, { ...second, id: subscriptionIds[0].toUpperCase() }),
    ['/subscriptions/1/id']
  ],
  [
    'a third subscription',
    subscriptions(first, second, { ...second, id: '9f2d0a4e-3c61-4b7a-8d15-e60a72c4b903' }),
    ['/subscriptions']
  ],
  ['one subscription only', subscriptions(first), ['/subscriptions']],
  ['an unknown workload', policies({ workload: 'teams' }), ['/policies/0/workload']],
  ['a made vault name over 24 characters', { ...good, namePrefix: 'FabrikamInternational' }, ['/namePrefix']],
  [
    'a given vault name over 24 characters',
    policies(named('Fabrikam-Customer-Key-One', 'Fabri-2')),
    ['/policies/0/vaultNames/0']
  ],
  ['two hyphens in a row in the prefix', { ...good, namePrefix: 'Fab--ri' }, ['/namePrefix']],
  ['two hyphens in a row between prefix and rest', { ...good, namePrefix: 'Fabri-' }, ['/namePrefix']],
  ['two hyphens in a row in a given name', policies(named('Fabri-1', 'Fabri--2')), ['/policies/0/vaultNames/1']],
  ['an empty operator list', subscriptions({ ...first, operators: [] }, second), ['/subscriptions/0/operators']],
  [
    'the same operator in both slots',
    subscriptions(first, { ...second, operators: ['Alice@Fabrikam.com'] }),
    ['/subscriptions/1/operators/0']
  ],
  [
    'a scope used twice',
    policies({ workload: 'sharepoint', scope: 'EUR' }, { workload: 'sharepoint', scope: 'eur' }),
    ['/policies/1']
  ],
  ['no policy', policies(), ['/policies']],
  ['a field nobody knows', { ...good, colour: 'red' }, ['/colour']],
  ['an id that is no name', { ...good, id: '../fabrikam' }, ['/id']],
  ['a list in place of a request', [good], ['']],
  ['null in place of a request', null, ['']],
  ['nothing in the request', {}, ['/id', '/organization', '/namePrefix', '/subscriptions', '/policies']]
]

describe.for(['/api/plans', '/api/onboardings'])('POST %s', (path) => {
  test.for(faulty)('%s is a fault at its path and starts nothing', async ([, body, paths]) => {
    const before = app.instances()
    expect(await post(path, body)).toMatchObject(refused(422, { faults: faultsAt(...paths) }))
    expect(app.instances()).toBe(before)
  })

  test('all faults of a request come at once', async () => {
    const body = {
      ...good,
      namePrefix: 'Fab--ri',
      subscriptions: [
        { ...first, operators: [] },
        { ...second, id: subscriptionIds[0] }
      ],
      policies: [{ workload: 'teams' }, { workload: 'exchange', scope: 'A' }, { workload: 'exchange', scope: 'A' }]
    }
    const paths = [
      '/namePrefix',
      '/subscriptions/0/operators',
      '/subscriptions/1/id',
      '/policies/0/workload',
      '/policies/2'
    ]
    expect(await post(path, body)).toMatchObject(refused(422, { faults: faultsAt(...paths) }))
  })

  test('a vault name that is too long names the longest prefix that fits', async () => {
    const { text } = await post(path, { ...good, namePrefix: 'FabrikamInternational' })
    expect(text).toContain('longest prefix that fits has 6 characters, e.g. Fabrik')
  })

  test.for([
    ['no body', undefined],
    ['text that is not JSON', '{"id": "fabrikam-1",'],
    ['bytes that are not UTF-8', Uint8Array.of(0x22, 0xff, 0xfe, 0x22)],
    ['JSON that is nested five thousand deep', '['.repeat(5000) + ']'.repeat(5000)],
    ['a field that is nested five thousand deep', `{"id":${'['.repeat(5000)}${']'.repeat(5000)}}`]
  ] as const)('%s is refused with the fault of the whole document', async ([, raw]) => {
    const before = app.instances()
    const reply = await app.ask(path, { method: 'POST', actor: alice, ...(raw === undefined ? {} : { raw }) })
    expect(reply).toMatchObject(refused(400, { faults: faultsAt('') }))
    expect(app.instances()).toBe(before)
  })

  test('two megabytes of JSON are refused with the fault of the whole document', async () => {
    const before = app.instances()
    const reply = await post(path, { ...good, padding: 'x'.repeat(2 * 1024 * 1024) })
    expect(reply).toMatchObject(refused(413, { faults: faultsAt('') }))
    expect(app.instances()).toBe(before)
  })

  test('whatever JSON is sent, the answer is a problem document that lists faults', async () => {
    const before = app.instances()
    await fc.assert(
      fc.asyncProperty(mutilated(), async (body) => {
        const reply = await post(path, body)
        expect(reply).toMatchObject(refused(422))
        expect((reply.body as { faults: unknown[] }).faults).not.toHaveLength(0)
      }),
      { numRuns: 60 }
    )
    expect(app.instances()).toBe(before)
  }, 30_000)
})

/** A sound request in which some part is replaced by any JSON, or any JSON at all. */
function mutilated(): fc.Arbitrary<unknown> {
  const part = fc.constantFrom('id', 'organization', 'namePrefix', 'subscriptions', 'policies', 'keySize')
  const junk = fc.jsonValue({ maxDepth: 3 }).filter((value) => !isSound(value))
  return fc.oneof(
    junk,
    fc.tuple(part, junk).map(([name, value]) => ({ ...good, [name]: value }))
  )
}

/** Some texts would be a sound id or prefix, and some numbers a key size. */
const isSound = (value: unknown): boolean =>
  typeof value === 'number'
    ? [2048, 3072, 4096].includes(value)
    : typeof value === 'string' && /^[a-z0-9][a-z0-9-]*$/i.test(value)

function subscriptions(...list: unknown[]): object {
  return { ...good, subscriptions: list }
}

function policies(...list: unknown[]): object {
  return { ...good, policies: list }
}

function named(...vaultNames: string[]): object {
  return { workload: 'exchange', vaultNames }
}

describe('a form of the page', () => {
  const forms = ['/api/ui/plan', '/api/ui/start', '/api/ui/onboardings/fabrikam-1/tasks/cancel']
  const form = (bytes: number) => 'request='.padEnd(bytes, 'x')
  const posted = (path: string, raw: string) =>
    app.ask(path, {
      method: 'POST',
      actor: alice,
      raw,
      headers: { 'content-type': 'application/x-www-form-urlencoded' }
    })

  test.for(forms)('at %s is read no further than a body of JSON', async (path) => {
    expect(await posted(path, form(256 * 1024 + 1))).toMatchObject({ status: 413, type: 'text/html; charset=utf-8' })
    expect((await posted(path, form(256 * 1024))).status).not.toBe(413)
  })
})
