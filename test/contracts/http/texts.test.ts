import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sent } from '../../../src/contracts/http/components.ts'
import { parseRequest } from '../../../src/domain/request/request.ts'
import { taskKinds } from '../../../src/domain/tasks/task-kinds.ts'
import { answerShapes } from '../../../src/domain/tasks/answer-shapes.ts'
import { asRead } from '../../../src/domain/terms/json-schema.ts'
import { sample } from '../../domain/examples.ts'
import { unreadable } from '../../domain/terms/unreadable-signs.ts'

type Json = Readonly<Record<string, unknown>>
interface Body {
  readonly name: string
  readonly schema: z.ZodType
  readonly read: (body: unknown) => boolean
  /** With every field that may be given. */
  readonly whole: Json
}

const request = sample('three-workloads')
const organization = { tenantId: '4be2b1c7-3f0d-4c6e-9a51-0d7f5e2c9f01', domain: 'contoso.onmicrosoft.com' }
const vault = `/subscriptions/${organization.tenantId}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/Contoso-Old`
const officer = { name: 'Olga Officer', email: 'olga@contoso.com' }
const reason = 'Alice left the company'
const digest = `v1.${'a'.repeat(64)}`

const wholeOf: Readonly<Record<string, Json>> = {
  VaultAdoption: {
    slot: 1,
    tenantId: organization.tenantId,
    vaultId: vault,
    workload: 'exchange',
    administrators: ['a@contoso.com'],
    people: [
      { slot: 1, operators: ['a@contoso.com'] },
      { slot: 2, operators: ['b@contoso.com'] }
    ],
    confirms: 'a'.repeat(32)
  },
  OfflineCopy: { slot: 1, location: 'Safe 12, Hamburg', statement: 'Checked by two' },
  DiagnosisRequest: { mail: true, subscriptions: [{ slot: 1, id: organization.tenantId }] },
  OfferAnswer: { requestId: 'FT-1', officers: [officer], signedInAs: 'admin@contoso.com', chosenOffer: 'The offer' },
  ApproveAnswer: { planDigest: digest },
  AcknowledgeAnswer: { at: '2026-11-24T09:30:00-08:00', reference: 'case 4711' },
  AttestAnswer: { location: 'safe 1', statement: 'Checked by two' },
  ReplaceOperatorAnswer: { leaves: 'alice@contoso.com', joins: 'anna@contoso.com', reason },
  ConfirmReplacementAnswer: { leaves: 'alice@contoso.com', joins: 'anna@contoso.com' },
  WithdrawReplacementAnswer: { reason },
  ReplaceOfficerAnswer: { leaves: 'olga@contoso.com', joins: officer, reason },
  SentAnswer: { at: '2026-11-24T09:30:00-08:00' }
}

/** Of kinds of answers that have nothing to leave out. */
const exampleOf: Readonly<Record<string, Json>> = Object.fromEntries(
  Object.values(taskKinds).map(({ answer: { component, example } }) => [component, { ...example }])
)

const policies = [
  {
    workload: 'sharepoint',
    scope: 'EUR',
    regions: ['westeurope', 'northeurope'],
    vaultNames: ['Given-1', 'Given-2'],
    adminUrl: 'https://contoso-admin.sharepoint.com'
  }
]
const subscriptions = request.subscriptions.map((each, index) => ({
  ...each,
  administrators: [`a${String(index)}@contoso.com`]
}))
const bodies: readonly Body[] = [
  {
    name: 'OnboardingRequest',
    schema: sent.OnboardingRequest.omit({ planDigest: true }), // compared with the plan's own, and shown nowhere
    read: (body) => parseRequest(body).ok,
    whole: {
      ...request,
      organization: { ...request.organization, emergencyAccounts: ['3f1d2c4b-5a69-4788-9b0c-1d2e3f405162'] },
      subscriptions,
      policies,
      tags: { owner: 'it' },
      changeTicket: 'CHG0031234',
      addresses: { 'alice@contoso.com': 'alice.adams@contoso.com' }
    }
  },
  ...Object.entries({
    ...sent,
    ...Object.fromEntries(answerShapes.map(({ component, schema }) => [component, schema]))
  })
    .filter(([name]) => name !== 'OnboardingRequest')
    .map(([name, schema]) => ({
      name,
      schema,
      read: (body: unknown) => schema.safeParse(body).success,
      whole: wholeOf[name] ?? exampleOf[name] ?? {}
    }))
]

interface JsonSchema {
  readonly type?: string
  readonly enum?: unknown
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema | false
  readonly prefixItems?: readonly JsonSchema[]
  readonly additionalProperties?: JsonSchema | boolean
}

/** Paths of the texts that a schema takes; `*`: of any item or name. */
function textsIn(schema: JsonSchema, path = ''): string[] {
  if (schema.enum !== undefined || schema.const !== undefined) return []
  const { properties = {}, items, prefixItems = [], additionalProperties: others } = schema
  return [
    ...(schema.type === 'string' ? [path] : []),
    ...Object.entries(properties).flatMap(([name, each]) => textsIn(each, `${path}/${name}`)),
    ...(items ? textsIn(items, `${path}/*`) : []),
    ...prefixItems.slice(0, 1).flatMap((each) => textsIn(each, `${path}/*`)),
    ...(typeof others === 'object' ? textsIn(others, `${path}/*`) : [])
  ]
}

interface Leaf {
  readonly path: string
  readonly value: string
  readonly put: (text: string) => unknown
}

/** Every text within a value, and the whole with another in its place. */
function leavesOf(value: unknown, path = '', put: (part: unknown) => unknown = (part) => part): Leaf[] {
  if (typeof value === 'string') return [{ path, value, put }]
  if (Array.isArray(value))
    return value.flatMap((each, at) => leavesOf(each, `${path}/*`, (part) => put(value.with(at, part))))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => {
    const step = ['/tags', '/addresses'].includes(path) ? '*' : name
    return leavesOf(each, `${path}/${step}`, (part) => put({ ...value, [name]: part }))
  })
}

describe.each(bodies)('$name', ({ schema, read, whole }) => {
  const leaves = leavesOf(whole)

  test('is tried with every text that it takes', () => {
    const texts = textsIn(z.toJSONSchema(schema, asRead) as JsonSchema)
    expect([...new Set(leaves.map(({ path }) => path))]).toEqual(expect.arrayContaining(texts))
    expect(read(whole)).toBe(true)
  })

  test('takes no text with a sign in it that is not seen, turns what is read, or ends the line', () => {
    for (const { path, value, put } of leaves)
      for (const sign of unreadable) {
        const within = `${value.slice(0, 2)}${sign}${value.slice(2)}`
        expect({ path, sign, taken: read(put(within)) }).toEqual({ path, sign, taken: false })
      }
  })

  test('takes no text of signs alone that show nothing', () => {
    for (const { path, put } of leaves)
      for (const text of [
        '\u200b'.repeat(10),
        '\u200d'.repeat(12),
        '\u2800'.repeat(12),
        ' \u00a0 ',
        '\u0301'.repeat(12)
      ])
        expect({ path, text, taken: read(put(text)) }).toEqual({ path, text, taken: false })
  })
})

test('no name of a tag has such a sign', () => {
  for (const sign of unreadable) expect(parseRequest({ ...request, tags: { [`ow${sign}ner`]: 'it' } }).ok).toBe(false)
})
