import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCredentials } from '../../src/azure/credentials.ts'
import { subscriptionIds, useSimulation } from './simulation.ts'

const simulation = useSimulation()
const scope = 'https://vault.azure.net/.default'

describe('on a laptop, one profile of the Azure CLI per slot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ckey-az-'))
  const path = process.env['PATH']
  beforeAll(() => {
    // Stands in for the Azure CLI: whoever a profile's folder is named after is signed in there.
    const cli = `#!${process.execPath}
const who = require('node:path').basename(process.env.AZURE_CONFIG_DIR)
if (who === 'signed-out') { console.error('a secret word'); process.exit(1) }
const part = (claims) => Buffer.from(JSON.stringify(claims)).toString('base64url')
const accessToken = ['x', part({ oid: who, scope: process.argv.at(-1) }), 'y'].join('.')
console.log(JSON.stringify({ accessToken, expires_on: 4000000000 }))
`
    writeFileSync(join(folder, 'az'), cli)
    chmodSync(join(folder, 'az'), 0o755)
    process.env['PATH'] = `${folder}${delimiter}${path ?? ''}`
  })
  afterAll(() => {
    process.env['PATH'] = path
    rmSync(folder, { recursive: true, force: true })
  })

  test('each slot is whoever is signed in to its own profile', async () => {
    const { 'slot-1': one, 'slot-2': two } = credentialsOf('alice', 'bob')
    expect(claimsOf(await one.getToken(scope))).toMatchObject({ oid: 'alice', scope })
    expect(claimsOf(await two.getToken(scope))).toMatchObject({ oid: 'bob' })
    expect(claimsOf(await one.getToken(scope))).toMatchObject({ oid: 'alice' })
  })

  test('one login for both slots is refused, though the profiles differ', async () => {
    const { 'slot-1': one, 'slot-2': two } = credentialsOf('alice', 'elsewhere/alice')
    await one.getToken(scope)
    await expect(two.getToken(scope)).rejects.toThrow('slot-2 and slot-1 are signed in as one')
  })

  test('a profile where nobody is signed in says what to run, and nothing of what the CLI said', async () => {
    const { 'slot-1': one } = credentialsOf('signed-out', 'bob')
    const error: unknown = await one.getToken(scope).catch((refused: unknown) => refused)
    expect(error).toMatchObject({
      name: 'CredentialUnavailableError',
      message: expect.stringContaining('az login') as string
    })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret word')
  })

  function credentialsOf(first: string, second: string) {
    const profile = (name: string) => ({ kind: 'azure-cli', profile: join(folder, name) }) as const
    const logins = { ...simulation.config.logins, 'slot-1': profile(first), 'slot-2': profile(second) }
    return createCredentials({ ...simulation.config, logins })
  }
})

test('the credential of one slot is never used on the subscription, a vault or the store of the other', async () => {
  const { azure, simulated } = simulation
  for (const slot of [1, 2] as const) {
    const place = {
      vaultName: `ck-none-a${String(slot)}`,
      keyName: 'k',
      subscriptionId: subscriptionIds[slot],
      resourceGroup: 'rg'
    }
    await azure.slot(slot).subscriptions.get(subscriptionIds[slot])
    await azure.slot(slot).vaults.read(place)
    await azure
      .slot(slot)
      .keys.read(place)
      .catch(() => undefined)
    await azure.slot(slot).store.list('evidence', '')
  }
  await azure.app.store.list('records', '')
  const {
    identities: { app, slots },
    storage
  } = simulated.seed
  const foreign = simulated.journal
    .entries()
    .filter(({ callerClientId, path, host }) =>
      slots.some(
        ({ clientId }, index) =>
          callerClientId === clientId &&
          (path.includes(subscriptionIds[index === 0 ? 2 : 1]) ||
            host.startsWith(storage.slots[1 - index]?.name ?? '?'))
      )
    )
  expect(foreign).toEqual([])
  const ofApp = simulated.journal.entries().filter(({ callerClientId }) => callerClientId === app.clientId)
  expect(ofApp.length).toBeGreaterThan(0)
  expect(ofApp.filter(({ service }) => service === 'keyvault' || service === 'arm')).toEqual([])
})

function claimsOf(token: { readonly token: string } | null): unknown {
  return JSON.parse(Buffer.from(token?.token.split('.')[1] ?? '', 'base64url').toString())
}
