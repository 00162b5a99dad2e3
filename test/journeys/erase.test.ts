import { beforeAll, afterAll, describe, expect, test } from 'vitest'
import { run } from '../../cli/program.ts'
import { writerRights, type StorageAssignment } from '../../local/azure/storage/accounts.ts'
import { onboard } from '../../local/sweep/onboard.ts'
import { quickApproval, quietSettings } from '../../local/sweep/quiet-settings.ts'
import { readRequestFile } from '../../local/rehearsal/request-file.ts'
import { openStage, type Stage } from '../../local/stage/stage.ts'
import { connectEraser, personsCredential } from '../../src/azure/connect-person.ts'
import type { Container, RecordStore } from '../../src/contracts/record-store.ts'
import { signIn } from '../cli/az-login.ts'

const request = readRequestFile('samples/one-workload.json')
const alice = 'alice@contoso.com'
const bob = 'bob@contoso.com'
let stage: Stage
let url: string
let oid: string
let store: RecordStore

beforeAll(async () => {
  stage = await openStage({ request, settings: quietSettings, microsoft: quickApproval })
  const { seed } = stage.azure
  oid = seed.users.find(({ userPrincipalName }) => userPrincipalName === alice)?.id ?? ''
  // What an administrator of the records is given to erase somebody: to read, and to write over what is not locked.
  const bobs = seed.users.find(({ userPrincipalName }) => userPrincipalName === bob)?.id ?? ''
  ;(seed.storage.records.assignments as StorageAssignment[]).push({ objectId: bobs, rights: writerRights })
  expect(await onboard(stage, request, () => undefined)).toMatchObject({ end: 'completed' })
  url = (await stage.host.ready) ?? ''
  signIn(stage.azure, bob)
  store = connectEraser({ storeUrl: storeUrl(), credential: personsCredential() }).store
}, 120_000)
afterAll(() => stage.strike())

const storeUrl = (): string => `https://${stage.azure.seed.storage.records.name}.blob.core.windows.net`

async function ckey(...argv: string[]) {
  const said = { out: '', err: '' }
  const code = await run(argv, {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    env: {},
    now: () => new Date(),
    zone: 'UTC',
    columns: Number.POSITIVE_INFINITY,
    live: false,
    signal: new AbortController().signal
  })
  return { code, ...said, text: said.out + said.err }
}
const statusOf = async (path: string) => (await fetch(`${url}${path}`, { headers: { 'x-local-user': bob } })).status
const asked = (...argv: string[]) => ckey(...argv, '--url', url, '--as', bob)
const erase = (...more: string[]) => ckey('erase', oid, '--store', storeUrl(), ...more)

async function textsIn(container: Container): Promise<Record<string, string>> {
  const { value: names } = await store.list(container, '')
  const texts = names.map(async (name) => [
    name,
    String(Buffer.from((await store.read({ container, name })).value?.bytes ?? []))
  ])
  return Object.fromEntries(await Promise.all(texts)) as Record<string, string>
}
const naming = async (container: Container, what: RegExp) =>
  Object.entries(await textsIn(container)).flatMap(([name, text]) => (what.test(text) ? [name] : []))

describe('a person whose onboarding is over', () => {
  test('is named by nothing in the ledger, and by much in the records', async () => {
    expect(await naming('ledger', /@contoso|Alice|Bob|Olga|headquarters/)).toEqual([])
    expect((await naming('records', /alice@contoso/)).length).toBeGreaterThan(15)
  })

  test('is erased only on a second word: the first says what would be, and what stays, why and until when', async () => {
    const before = await textsIn('records')
    const { code, text } = await erase()
    expect([code, await textsIn('records')]).toEqual([0, before])
    expect(text).toContain('Nothing was done: give --erase to do it')
    for (const part of [
      alice,
      `${request.id}/plan.json`,
      `${request.id}/hand-off.md`,
      'What stays:',
      'locked',
      'task hub'
    ])
      expect(text).toContain(part)
  })

  test('is then named nowhere in the records, and nobody else is lost', async () => {
    expect(await erase('--erase')).toMatchObject({ code: 0 })
    expect(await naming('records', /alice@contoso/i)).toEqual([])
    expect((await naming('records', /bob@contoso/)).length).toBeGreaterThan(10)
    expect((await naming('records', /"Alice"/)).length).toBe(0)
  })

  test('and page, API, audit, hand-off and verify-evidence work on, and say so', async () => {
    for (const path of [
      '',
      '/answers',
      '/evidence',
      '/plan',
      '/hand-off?format=json',
      '/hand-off?format=html',
      '/ledger'
    ])
      expect([path, await statusOf(`/api/onboardings/${request.id}${path}`)]).toEqual([path, 200])
    expect(await statusOf(`/api/ui/onboardings/${request.id}`)).toBe(200)
    const verified = await asked('verify-evidence', request.id)
    expect([verified.code, verified.text]).toEqual([0, expect.stringContaining('had a person erased out of them')])
    const audit = await asked('audit', request.id)
    expect([audit.code, audit.text]).toEqual([0, expect.stringContaining('somebody whose name was erased')])
    expect((await asked('handoff', request.id)).text).toContain('erased')
  })

  test('can be erased again, which finds nothing more', async () => {
    const before = await textsIn('records')
    expect(await erase('--erase')).toMatchObject({ code: 0 })
    expect(await textsIn('records')).toEqual(before)
  })
})

test('an officer, who never signed in, is erased by name and address', async () => {
  expect((await naming('records', /Olga Officer|olga@/)).length).toBeGreaterThan(3)
  const { code } = await ckey(
    'erase',
    'Olga Officer',
    '--name',
    'olga@contoso.onmicrosoft.com',
    '--store',
    storeUrl(),
    '--erase'
  )
  expect([code, await naming('records', /Olga Officer|olga@/)]).toEqual([0, []])
  expect((await asked('verify-evidence', request.id)).code).toBe(0)
})

test('whoever has no right to write over the records erases nothing', async () => {
  signIn(stage.azure, alice)
  const { code } = await ckey('erase', bob, '--store', storeUrl(), '--erase')
  expect(code).not.toBe(0)
})
