import { KeyClient } from '@azure/keyvault-keys'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Surroundings } from '../../../../local/azure/core/service.ts'
import { geographyOf } from '../../../../local/azure/keyvault/geography.ts'
import { keyvaultService } from '../../../../local/azure/keyvault/service.ts'
import {
  credentialOf,
  freshSurroundings,
  putVault,
  serveDataPlanes,
  slotIdentity,
  slotPermissions
} from '../data-planes.ts'

const around: Surroundings = freshSurroundings()
let azure: Awaited<ReturnType<typeof serveDataPlanes>>
const permissions = [...slotPermissions, 'restore']

beforeAll(async () => {
  azure = await serveDataPlanes([keyvaultService], around)
  putVault({ name: 'origin', permissions }, around)
  await client('origin').createRsaKey('Some-Key', { hsm: true, tags: { purpose: 'canary-in-a-tag' } })
  await client('origin').createRsaKey('Some-Key', { hsm: true })
})
afterAll(() => azure.stop())

function client(vault: string): KeyClient {
  return new KeyClient(`https://${vault}.vault.azure.net`, credentialOf(slotIdentity, around), azure.options())
}

async function backup(): Promise<Uint8Array> {
  const blob = await client('origin').backupKey('Some-Key')
  if (blob === undefined) throw new Error('The client gave no backup.')
  return blob
}

test('two backups of one key differ, and neither can be read', async () => {
  const [first, second] = [await backup(), await backup()]
  expect(Buffer.from(first).equals(second)).toBe(false)
  for (const blob of [first, second]) {
    const text = Buffer.from(blob).toString('latin1')
    for (const word of ['Some-Key', 'canary-in-a-tag', 'RSA-HSM']) expect(text).not.toContain(word)
  }
})

test('a backup brings back every version under its id, in a vault of the same subscription and geography', async () => {
  putVault({ name: 'drill', permissions, location: 'West US 2' }, around)
  const restored = await client('drill').restoreKeyBackup(await backup())
  const original = await client('origin').getKey('Some-Key')
  expect(restored.id).toBe(original.id?.replace('origin', 'drill'))
  expect(restored.key?.n).toEqual(original.key?.n)
  const versions = []
  for await (const properties of client('drill').listPropertiesOfKeyVersions('Some-Key')) versions.push(properties)
  expect(versions).toHaveLength(2)
})

test('a backup is refused where a key of the name exists', async () => {
  await expect(client('origin').restoreKeyBackup(await backup())).rejects.toMatchObject({
    statusCode: 409,
    code: 'Conflict'
  })
})

test.each([
  ['another subscription', { subscriptionId: '33333333-3333-4333-8333-333333333333' }],
  ['another geography', { location: 'westeurope' }]
])('a backup is refused in %s', async (where, wish) => {
  const name = `far-${where.split(' ')[1]}`
  putVault({ name, permissions, ...wish }, around)
  await expect(client(name).restoreKeyBackup(await backup())).rejects.toMatchObject({
    statusCode: 400,
    message: 'Cannot decrypt backup blob.'
  })
})

test('a damaged or foreign blob is refused as Azure words it', async () => {
  putVault({ name: 'empty', permissions }, around)
  const damaged = await backup()
  damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
  for (const blob of [damaged, new Uint8Array(100), new Uint8Array(0)]) {
    await expect(client('empty').restoreKeyBackup(blob)).rejects.toMatchObject({
      statusCode: 400,
      code: 'Malformed backup blob',
      message: 'Backup blob contains invalid or corrupt version.'
    })
  }
})

test.each([
  ['eastus2', 'us'],
  ['West US', 'us'],
  ['northcentralus', 'us'],
  ['westeurope', 'europe'],
  ['uksouth', 'uk'],
  ['southeastasia', 'asia'],
  ['usgovvirginia', 'usgovvirginia'],
  ['germanywestcentral', 'germany']
])('the geography of %s is %s', (region, geography) => {
  expect(geographyOf(region)).toBe(geography)
})
