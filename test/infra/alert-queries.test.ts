import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import recorded from './recorded-rows.json' with { type: 'json' }
import { alertQueries, firesOn, type Row } from './alert-queries.ts'

const queries = alertQueries()
const traces = (...messages: string[]): Row[] => messages.map((message) => ({ table: 'traces', columns: { message } }))
const requests: Row[] = recorded.requests.map((name) => ({ table: 'requests', columns: { name, success: 'false' } }))
const on = (alert: string, rows: readonly Row[]): readonly string[] => firesOn(queries.get(alert) ?? '', rows)
const line = (head: string): string => recorded.traces.find((each) => each.startsWith(`${head} `)) ?? ''

describe('on what a rehearsal wrote', () => {
  test.each([
    ['sla-breach', 'contoso-exchange'],
    ['finding', 'vault-slot-identity-contoso-ck-ex-na-vaulta2'],
    ['dead-letters', '1'],
    ['mail-failed', 'contoso-exchange']
  ])('the alert %s fires, and says what it is about', (alert, about) => {
    expect(on(alert, traces(...recorded.traces))).toEqual([about])
  })

  test('the alert of backups fires on a lag or an unknown key alone, and names the vault', () => {
    const well = line('backup-lag')
    expect(on('backup-lag', traces(well))).toEqual([])
    for (const ill of [well.replace('seconds=0', 'seconds=1801'), well.replace('unknown=0', 'unknown=1')])
      expect(on('backup-lag', traces(ill))).toEqual(['contoso-ck-ex-na-vaulta1'])
  })

  test('the alert of a dead app fires where no sweep was told, and not where one was', () => {
    expect(on('no-sweep', traces(line('sla-breach')))).toEqual(['sweep'])
    expect(on('no-sweep', traces(...recorded.traces))).toEqual([])
  })

  test('the alert of failed orchestrations fires on one that failed', () => {
    expect(on('failed-orchestration', requests)).toEqual(recorded.requests)
    const well = requests.map(({ table, columns }) => ({ table, columns: { ...columns, success: 'true' } }))
    expect(on('failed-orchestration', well)).toEqual([])
  })

  test('every alert is tried here', () => {
    const tried = [
      'sla-breach',
      'finding',
      'backup-lag',
      'dead-letters',
      'mail-failed',
      'failed-orchestration',
      'no-sweep'
    ]
    expect([...queries.keys()].toSorted()).toEqual(tried.toSorted())
  })
})

test('what operators are told to give a SIEM finds answers, findings and takeovers, and what they are about', () => {
  const [, query = ''] = /^```kusto\n(.*)\n```$/m.exec(readFileSync('docs/operate.md', 'utf8')) ?? []
  expect(firesOn(query, traces(...recorded.traces))).toEqual([
    'contoso-exchange',
    'vault-slot-identity-contoso-ck-ex-na-vaulta2',
    '1',
    'contoso-exchange',
    'contoso-exchange'
  ])
})

test('a line of the record is written so today: whoever renames a field of one records it anew, and reads the query', () => {
  const shapeOf = (text: string) => text.replace(/=(\$\{[^`]*?\}(?=[ `]|$)|[^ `]+)/g, '=…')
  const written = globSync('src/{steps,triggers}/**/*.ts')
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:log|context|visit)\.(?:info|warn)\(`([^`]*)`\)/g)])
    .map(([, template = '']) => shapeOf(template))
  for (const each of recorded.traces) expect(written).toContain(shapeOf(each))
})

test('an alert is told once and not at each look, and a second one of its kind while the first still stands', () => {
  const source = readFileSync('infra/modules/alerts.bicep', 'utf8')
  expect(source).not.toMatch(/autoMitigate: false|muteActionsDuration/)
  expect(source).toContain("dimensions: [{ name: 'about', operator: 'Include', values: ['*'] }]")
  for (const query of queries.values()) expect(query).toMatch(/ \| extend about = /)
})

// Of itself the exporter keeps five calls a second, and drops what was said in the others:
// https://github.com/Azure/azure-sdk-for-net/tree/main/sdk/monitor/Azure.Monitor.OpenTelemetry.Exporter (SamplerConfig)
test('no line that an alert waits for is sampled away', () => {
  const source = readFileSync('infra/modules/function-app.bicep', 'utf8')
  expect(source).toMatch(/OTEL_TRACES_SAMPLER: 'microsoft\.fixed_percentage'\n +OTEL_TRACES_SAMPLER_ARG: '1'/)
})
