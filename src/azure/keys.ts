import type { Reading } from '../domain/terms/reading.ts'
import { KeyClient, type KeyVaultKey } from '@azure/keyvault-keys'
import type { Choices } from '../domain/terms/choices.ts'
import type { Cause } from '../domain/terms/causes.ts'
import { publicCloud } from '../domain/terms/clouds.ts'
import type { VaultPlan } from '../domain/plan/plan.ts'
import { AzureCallError } from './errors.ts'
import { absentOn, createAsk, reword, type Ask, type Connection, type To } from './call.ts'
import { clientOptions, onceOnlyOptions } from './clients.ts'
import { lazily } from '../lazily.ts'
import { Misfit, needed } from './answers/misfit.ts'
import { createSendJson, type SendJson } from './rest.ts'
import { keyOf, keyVersionOf, rotationsOf, type Rotation } from './key-shape.ts'
import type { Key, KeyVersion, KeyVersions } from '../domain/resources/key.ts'

export type KeyPlace = Pick<VaultPlan, 'vaultName' | 'keyName'>

export type Keys = ReturnType<typeof createKeys>

export function createKeys(connection: Connection) {
  const ask = createAsk(connection, 'Key Vault')
  const clientFor = lazily((vault) => new KeyClient(vaultUrl(vault), connection.credential, clientOptions(connection)))
  // A repeated creation makes a second version of the key.
  const onceOnlyFor = lazily(
    (vault) => new KeyClient(vaultUrl(vault), connection.credential, onceOnlyOptions(connection))
  )
  const sendJson = createSendJson(connection, `${publicCloud.keyVault}/.default`)
  return {
    /** The newest version of the key, and what a list shows of the older ones; undefined when there is no such key (R41–R44). */
    read: (place: KeyPlace): Promise<Reading<Key | undefined>> => readKey(ask, clientFor(place.vaultName), place),

    /** Names of all keys in a vault. */
    names: (vaultName: string): Promise<Reading<string[]>> =>
      ask('LIST keys', async (to) => {
        const names: string[] = []
        for await (const { name } of clientFor(vaultName).listPropertiesOfKeys(to('keys.list'))) names.push(name)
        return names
      }),

    /** Every version with what a change of it would show (R45); undefined when there is no such key. */
    versions: (place: KeyPlace): Promise<Reading<KeyVersions | undefined>> =>
      absentOn(
        ['KeyNotFound'],
        ask('LIST key versions', (to) => existingVersions(clientFor(place.vaultName), place.keyName, to))
      ),

    /**
     * Creates an RSA key for wrapping only, exactly once: look before and after, under a lease (R41). It lies in the HSM,
     * which a Standard vault does not have: there it is a software key.
     * @returns the id with version. After a failure the key may exist all the same.
     */
    create: async (place: KeyPlace, keySize: number, sku: Choices['sku'] = 'premium'): Promise<Reading<string>> =>
      reword(
        await ask('CREATE key', (to) =>
          onceOnlyFor(place.vaultName).createRsaKey(place.keyName, {
            ...to('keys.create'),
            hsm: sku === 'premium',
            keySize,
            keyOps: ['wrapKey', 'unwrapKey']
          })
        ),
        idOf
      ),

    /** Sets when one version stops wrapping (R42). Returns the id with version. */
    setExpiry: (place: KeyPlace & { version: string }, expiresOn: Date): Promise<Reading<string>> =>
      ask('UPDATE key', (to) => patchExpiry(sendJson, place, { expiresOn, to })),

    /**
     * The whole key with all versions, as only Key Vault of the same subscription and geography can read it (R45).
     * The bytes must not leave the activity that stores them.
     */
    backup: (place: KeyPlace): Promise<Reading<Uint8Array>> =>
      ask('BACKUP key', async (to) =>
        needed(await clientFor(place.vaultName).backupKey(place.keyName, to('keys.backup')), 'the backup of the key')
      ),

    /** Public modulus of one version, base64url; empty when the key is not RSA. */
    modulus: async (place: KeyPlace & { version: string }): Promise<Reading<string>> =>
      reword(
        await ask('GET key', (to) =>
          clientFor(place.vaultName).getKey(place.keyName, { ...to('keys.get'), version: place.version })
        ),
        ({ key }) => Buffer.from(key?.n ?? []).toString('base64url')
      ),

    /**
     * Brings a key with all its versions into a vault that has none of its name. For people: the app holds no right to
     * it, except in a vault made for one drill. Returns the id with version.
     */
    restore: async (vaultName: string, backup: Uint8Array): Promise<Reading<string>> =>
      reword(
        await ask('RESTORE key', (to) => onceOnlyFor(vaultName).restoreKeyBackup(backup, to('keys.restore'))),
        idOf
      )
  }
}

async function readKey(ask: Ask, client: KeyClient, { keyName }: KeyPlace): Promise<Reading<Key | undefined>> {
  const versions = await ask('LIST key versions', (to) => listVersions(client, keyName, to))
  const seen = await absentOn(
    ['KeyNotFound'],
    ask('GET key', (to) => client.getKey(keyName, to('keys.get')))
  )
  if (!seen.value) return { value: undefined, call: seen.call, calls: [versions.call, seen.call] }
  const { value: rotation, call } = await rotationOf(ask, client, keyName)
  const value = keyOf(seen.value, versions.value, rotation)
  return { value, call: seen.call, calls: [versions.call, seen.call, call] }
}

/** An unknown is not a yes (DESIGN rule 8): a policy that may not be read shows as `unreadable`, never as absent. */
async function rotationOf(ask: Ask, client: KeyClient, keyName: string): Promise<Reading<Rotation>> {
  try {
    return reword(
      await ask('GET key rotation policy', (to) => client.getKeyRotationPolicy(keyName, to('keys.getRotationPolicy'))),
      (policy) => ({ rotationExpiry: policy.expiresIn, rotations: rotationsOf(policy.lifetimeActions ?? []) })
    )
  } catch (error) {
    if (!(error instanceof AzureCallError)) throw error
    const { call, code, kind, refused } = error
    // In Key Vault's own words; what somebody on the way does not find says nothing.
    if (kind === 'not-found' && code.endsWith('NotFound'))
      return { value: { rotationExpiry: undefined, rotations: [] }, call }
    if (lacksRight.has(refused?.cause ?? 'nothing'))
      return { value: { rotationExpiry: 'unreadable', rotations: [] }, call }
    throw error
  }
}

/** What else refuses (a network, a tenant) refuses everything, and is a finding of its own. */
const lacksRight: ReadonlySet<Cause | 'nothing'> = new Set(['key-role-missing', 'access-policy-missing'])

/** Key Vault lists no versions of an absent key instead of saying so. */
async function existingVersions(client: KeyClient, keyName: string, to: To): Promise<KeyVersions> {
  const [first, ...others] = await listVersions(client, keyName, to)
  if (first) return [first, ...others]
  await client.getKey(keyName, to('keys.get')) // says that there is none, where there is none
  throw new Misfit('/value: expected the versions of a key that is there')
}

async function listVersions(client: KeyClient, keyName: string, to: To): Promise<KeyVersion[]> {
  const versions: KeyVersion[] = []
  for await (const version of client.listPropertiesOfKeyVersions(keyName, to('keys.listVersions'))) {
    versions.push(keyVersionOf(version))
  }
  return versions
}

interface Patch {
  readonly expiresOn: Date
  readonly to: To
}

/** `KeyClient` cuts instants to 32 bits: it would send 31 December 9999 as a moment before 1970. */
async function patchExpiry(
  sendJson: SendJson,
  { vaultName, keyName, version }: KeyPlace & { version: string },
  { expiresOn, to }: Patch
): Promise<string> {
  const { key } = await sendJson(
    {
      method: 'PATCH',
      url: `${vaultUrl(vaultName)}/keys/${keyName}/${version}?api-version=${apiVersion}`,
      json: { attributes: { exp: Math.floor(expiresOn.getTime() / 1000) } }
    },
    to('keys.update')
  )
  return key.kid
}

// The version that the calls of `KeyClient` carry.
const apiVersion = '2025-07-01'

const idOf = ({ id }: KeyVaultKey): string => needed(id, 'the id of the key')

function vaultUrl(vaultName: string): string {
  return `https://${vaultName.toLowerCase()}${publicCloud.vaultSuffix}`
}
