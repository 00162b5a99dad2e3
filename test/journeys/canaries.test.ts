import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { metrics, trace, type ProxyTracerProvider } from '@opentelemetry/api'
import type { MeterProvider } from '@opentelemetry/sdk-metrics'
import type { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { insightsConnection, telemetry } from '../../local/azure/insights/service.ts'
import type { Exchange } from '../../local/azure/core/answer.ts'
import { readRequestFile } from '../../local/rehearsal/request-file.ts'
import { onboard, type Ran } from '../../local/sweep/onboard.ts'
import { openStage, type Stage } from '../../local/stage/stage.ts'
import { quickApproval, quietSettings } from '../../local/sweep/quiet-settings.ts'

// Everything secret that passes through one whole onboarding is looked for in everything that is kept or told of it.
const request = readRequestFile('samples/one-workload.json')
const settings = { ...quietSettings, CKEY_TELEMETRY: 'on', APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection }
// The app logs next to nothing by design; what it does log is here.
const lines: string[] = ['the log begins']
const exchanges: Exchange[] = []
const quoted = 'Azure quotes a canary-7f3a out of what was sent'

let stage: Stage
let ran: Ran
beforeAll(async () => {
  stage = await openStage({
    request,
    settings,
    microsoft: quickApproval,
    log: ({ source, message }) => {
      lines.push(`${source} ${message}`)
    }
  })
  stage.azure.onAnswered((exchange) => {
    exchanges.push(exchange)
  })
  const { faults } = stage.azure
  const words = { status: 403, code: 'Forbidden', message: quoted, times: 'always' } as const
  faults.add({ service: 'keyvault', operation: 'keys.create', kind: 'status', ...words })
  faults.add({
    service: 'arm',
    operation: 'vaults.get',
    kind: 'status',
    status: 500,
    code: 'InternalServerError',
    message: quoted,
    times: 3
  })
  ran = await onboard(stage, request, () => {
    faults.clear()
  })
  await postStrangeEvent()
  await sendRest()
}, 120_000)
afterAll(() => stage.strike())

test('the onboarding met a refusal and a failure whose words quote something, and completed', () => {
  expect(ran).toMatchObject({ end: 'completed', tooMany: [] })
  expect(ran.findings.length).toBeGreaterThan(0)
  expect(exchanges.some(({ response }) => JSON.stringify(response.json ?? '').includes(quoted))).toBe(true)
})

describe.each([
  ['the log', () => lines.join('\n')],
  ['what Application Insights is sent', () => JSON.stringify(telemetry(stage.azure.world).values())],
  ['history, instances and whatever else the host keeps', stateOfHost],
  ['the journal of the simulation', () => JSON.stringify(stage.azure.journal.entries())]
])('%s', (_where, text) => {
  test.each([
    ['token', tokens],
    ['key backup', backups],
    ['key material', moduli],
    ['mail body', mailLines],
    ['secret of the identity endpoint', () => [process.env['IDENTITY_HEADER'] ?? '']],
    ['system key of the webhook', () => [stage.azure.seed.webhook.systemKey]]
  ])('holds no %s', (_what, canaries) => {
    const told = text()
    expect(told.length).toBeGreaterThan(0)
    const looked = canaries()
    expect(looked.length).toBeGreaterThan(0)
    expect(looked.filter((canary) => told.includes(canary))).toEqual([])
  })
})

// A finding has Azure's own sentence, and findings are part of history; logs and Application Insights do without.
test.each([
  ['the log', () => lines.join('\n')],
  ['what Application Insights is sent', () => JSON.stringify(telemetry(stage.azure.world).values())],
  ['the journal of the simulation', () => JSON.stringify(stage.azure.journal.entries())]
])('%s holds no words of Azure', (_where, text) => {
  expect([quoted, 'canary-7f3a'].filter((canary) => text().includes(canary))).toEqual([])
})

test('what is looked for is found where it is: in the mails and answers themselves', () => {
  const answers = exchanges.map(({ request: { headers }, response }) => [headers, response.json])
  const everything = JSON.stringify([answers, mailTexts()])
  for (const canaries of [tokens(), backups(), moduli()]) {
    for (const canary of canaries) expect(everything).toContain(canary)
  }
})

describe('Application Insights', () => {
  test('has a span of every activity and every call to Azure, and each names the onboarding', () => {
    const calls = spans().filter(({ properties }) => 'azure.operation' in properties)
    const steps = spans().filter(({ properties }) => !('azure.operation' in properties))
    expect(calls.length).toBeGreaterThan(100)
    expect(new Set(steps.map(({ name }) => name))).toContain('make-key')
    // What routes ask of Azure before there is an onboarding, and what timers and events do for all of them, names none.
    const ofOnboarding = spans().filter(
      ({ properties }) => !/^($|back-up-changed|poll|list-managed)/.test(properties['ckey.activity'] ?? '')
    )
    expect(new Set(ofOnboarding.map(({ properties }) => properties['ckey.onboarding']))).toEqual(new Set([request.id]))
    expect(calls.map(({ properties }) => properties['azure.outcome'])).toContain('forbidden')
    const nameless = calls.filter(
      ({ properties }) => properties['azure.outcome'] === 'answered' && !properties['azure.request_id']
    )
    expect(nameless.map(({ name }) => name)).toEqual([])
  })

  test('has each call beneath its activity, and each activity beneath the call of the host', () => {
    const byId = new Map(spans().map((span) => [span.id, span]))
    for (const { name, parent, trace: own, properties } of spans()) {
      const isCall = 'azure.operation' in properties
      if (isCall && properties['ckey.activity'] !== '')
        expect([name, byId.get(parent)?.name]).toEqual([name, properties['ckey.activity']])
      if (!isCall) expect([name, /^[0-9a-f]{16}$/.test(parent), byId.has(parent)]).toEqual([name, true, false])
      expect(own).toMatch(/^[0-9a-f]{32}$/)
    }
  })

  test('has the events counted that were none of ours', () => {
    expect(metricPoints()).toContainEqual({ name: 'events.dropped', properties: { reason: 'malformed' }, value: 1 })
  })

  test('has the calls counted by service, operation and outcome', () => {
    const properties = { service: 'Key Vault', operation: 'CREATE key', outcome: 'forbidden' }
    const refused = stage.azure.journal
      .entries()
      .filter(({ operation, status }) => operation === 'keys.create' && status === 403)
    expect(metricPoints()).toContainEqual({ name: 'azure.calls', properties, value: refused.length })
  })
})

interface Sent {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
}

function spans(): (Sent & { readonly id: string; readonly parent: string; readonly trace: string })[] {
  return sent('RemoteDependencyData').map(({ tags, data: { name, id, properties = {} } }) => ({
    name,
    properties,
    id: id.split('.').at(-1) ?? '',
    parent: tags['ai.operation.parentId'] ?? '',
    trace: tags['ai.operation.id'] ?? ''
  }))
}

function metricPoints(): (Sent & { readonly value: number })[] {
  return sent('MetricData').flatMap(({ data: { metrics: points = [], properties = {} } }) =>
    points.map(({ name, value }) => ({ name, value, properties }))
  )
}

interface BaseData extends Partial<Sent> {
  readonly name: string
  readonly id: string
  readonly metrics?: readonly { readonly name: string; readonly value: number }[]
}

const sent = (type: string) =>
  telemetry(stage.azure.world)
    .values()
    .filter(({ data }) => data.baseType === type)
    .map(({ tags, data }) => ({ tags, data: data.baseData as unknown as BaseData }))

async function postStrangeEvent(): Promise<void> {
  const webhook = `/runtime/webhooks/EventGrid?functionName=key-event&code=${stage.azure.seed.webhook.systemKey}`
  const headers = { 'content-type': 'application/json', 'aeg-event-type': 'Notification' }
  const { status } = await fetch((await stage.host.ready) + webhook, {
    method: 'POST',
    headers,
    body: '[{"id": "no event of a key"}]'
  })
  expect(status).toBe(202)
}

/** What waits to be sent with others goes now. */
async function sendRest(): Promise<void> {
  await ((trace.getTracerProvider() as ProxyTracerProvider).getDelegate() as BasicTracerProvider).forceFlush()
  await (metrics.getMeterProvider() as MeterProvider).forceFlush()
}

function stateOfHost(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ckey-canaries-'))
  const file = join(folder, 'host.sqlite')
  try {
    stage.state.prepare('VACUUM INTO ?').run(file) // what the file of a host that runs on one would hold
    return readFileSync(file).toString('latin1')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const atLeast =
  (length: number) =>
  (text: string): boolean =>
    text.length >= length

function tokens(): string[] {
  const sent = exchanges.map(({ request: { headers } }) => headers['authorization']?.replace('Bearer ', '') ?? '')
  // The signature is what makes it one; header and claims are the same in all.
  return [...new Set(sent.map((token) => token.split('.')[2] ?? '').filter(atLeast(20)))]
}

/** Any stretch of a backup, as text or as bytes, would do harm; its first and some middle characters stand for it. */
function backups(): string[] {
  const blobs = exchanges
    .filter(({ operation }) => operation === 'keys.backup')
    .map(({ response }) => (response.json as { value?: string }).value ?? '')
  return blobs.filter(atLeast(200)).flatMap((blob) => [blob.slice(0, 48), blob.slice(100, 148)])
}

function moduli(): string[] {
  const keys = exchanges
    .filter(({ operation }) => operation === 'keys.get' || operation === 'keys.create')
    .map(({ response }) => (response.json as { key?: { n?: string } }).key?.n ?? '')
  return [...new Set(keys.filter(atLeast(100)).map((modulus) => modulus.slice(20, 68)))]
}

function mailTexts(): string[] {
  return outbox(stage.azure.world)
    .values()
    .map(({ text }) => text)
}

function mailLines(): string[] {
  return mailTexts()
    .flatMap((text) => text.split('\n'))
    .map((line) => line.trim())
    .filter(atLeast(50))
}
