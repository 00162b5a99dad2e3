import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { staysInRecords, storedKinds } from '../../src/records/stored-kinds.ts'

const page = readFileSync('docs/privacy.md', 'utf8')
const textOf = (pattern: string): string[] => globSync(pattern).map((file) => readFileSync(file, 'utf8'))

test('every kind of document that the app stores has a row, and every row a kind that is stored', () => {
  const records = textOf('src/records/**/*.ts').join('\n')
  const stored = [...records.matchAll(/(?:kind: |const kind = |defineErasable\()'([^']+)'/g)].map(([, kind]) => kind)
  expect(stored.toSorted()).toEqual(Object.keys(storedKinds).toSorted())
  for (const kind of stored) expect(page).toContain(`\n| ${String(kind)} | `)
})

test('what is locked holds no names: they are kept where a command can erase them', () => {
  const locked = Object.entries(storedKinds).filter(([, { container }]) => container !== 'records')
  expect(locked.map(([kind]) => kind)).toEqual([
    'slot of a person',
    'batch of evidence',
    'head of a ledger',
    'entry of a ledger',
    'manifest of a backup'
  ])
  for (const [kind, { holds }] of Object.entries(storedKinds))
    if (/name|address|words|reason|wrote|why/.test(holds) && kind !== 'batch of evidence')
      expect([kind, storedKinds[kind as keyof typeof storedKinds].container]).toEqual([kind, 'records'])
})

test('what stays is told by its name from what a person is erased out of', () => {
  const names = [
    'tenants/t/people.json',
    'adoptions/v/abc.confirmed.json',
    'hub/layout.json',
    'rules/v/2026-11-30T00-00-00Z.json'
  ]
  expect(names.filter((name) => !staysInRecords(name))).toEqual([])
  const others = [
    'contoso-1/plan.json',
    'contoso-1/said/a.json',
    'offline-copies/slot-1/2026.json',
    'contoso-1/hand-off.md'
  ]
  expect(others.filter(staysInRecords)).toEqual([])
})

test('no code of the app, of a rehearsal or of a deployment locks a policy: a person does, by a command that is printed', () => {
  // The simulated storage itself is asked for it in a test, to see it refuse.
  const code = textOf('{src,local,cli,bench,test/{journeys,app,cli,azure,steps}}/**/*.ts').concat(
    textOf('infra/**/*.sh'),
    textOf('azure.yaml')
  )
  expect(code.length).toBeGreaterThan(500)
  const calls = /\.(?:setImmutabilityPolicy|lockImmutabilityPolicy|createOrUpdateImmutabilityPolicy|setLegalHold)\(/
  const asked = new RegExp(['immutabilityPolicies', 'default', 'lock'].join('/'))
  const run = /^\s*az storage .*immutability-policy/m
  expect(code.filter((text) => calls.test(text) || asked.test(text) || run.test(text))).toEqual([])
})

test('how long the ledger is kept is set apart from backups, and neither less than a year nor more than ten', () => {
  const main = readFileSync('infra/main.bicep', 'utf8')
  expect(main).toMatch(/@minValue\(365\)\n@maxValue\(3650\)\nparam ledgerRetentionDays int = 1825/)
  expect(readFileSync('infra/slot.bicep', 'utf8')).toContain('param retentionDays int = 3650')
  expect(readFileSync('infra/main.parameters.json', 'utf8')).toContain('${CKEY_LEDGER_RETENTION_DAYS=1825}')
})
