import { describe, expect, test } from 'vitest'
import type { RecordPlace, RecordStore } from '../../src/contracts/record-store.ts'
import { manifestOf } from '../../src/domain/backups/backup-manifest.ts'
import { handOff } from '../../src/domain/hand-off/hand-off.ts'
import type { Evidence } from '../../src/domain/terms/evidence.ts'
import { allBackups, backupName, keysBackedUp, writeBackup } from '../../src/records/backup.ts'
import { lookAtManifest, readManifest, writeManifest } from '../../src/records/backup-manifest.ts'
import { sha256 } from '../../src/sha256.ts'
import { drillMark, readDrill, writeDrill } from '../../src/records/drill.ts'
import { readEvidence, writeEvidence } from '../../src/records/evidence.ts'
import {
  readHandOffJson,
  readHandOffMarkdown,
  writeHandOffJson,
  writeHandOffMarkdown
} from '../../src/records/hand-off.ts'
import { readMailFile, writeMailFile } from '../../src/records/mail-file.ts'
import { managedVaultNames, readManagedVault, writeManagedVault } from '../../src/records/managed-vault.ts'
import { copiesOfSlots, readOfflineCopy, writeOfflineCopy } from '../../src/records/offline-copy.ts'
import { readRemains, writeRemains } from '../../src/records/remains.ts'
import { kindsSent, readSentMail, writeSentMail } from '../../src/records/sent-mail.ts'
import { UnreadableRecord } from '../../src/contracts/unreadable-record.ts'
import { readVaultRules, writeVaultRules } from '../../src/records/vault-rules.ts'
import { readVerifiedVault, writeVerifiedVault } from '../../src/records/verified-vault.ts'
import { planOf, threeWorkloads } from '../domain/examples.ts'
import { finished } from '../domain/finished.ts'
import { memoryStore } from './memory-store.ts'

const at = '2026-11-30T23:42:00.000Z'
const plan = planOf(threeWorkloads())
const facts = finished(plan)
const [vault] = plan.policies.flatMap(({ vaults }) => vaults.slice(0, 1))
if (!vault) throw new Error('the example has no vault')
const { keyName: _, ...home } = vault

async function textAt(store: RecordStore, place: RecordPlace): Promise<string> {
  return String(Buffer.from((await store.read(place)).value?.bytes ?? []))
}
const damaged = { bytes: new Uint8Array([0x7b]), contentType: 'application/json' }

describe('what the app keeps', () => {
  test('a sent mail, by what it was about, and which kinds there are', async () => {
    const store = memoryStore()
    const id = { onboarding: 'contoso-1', kind: 'alias-exchange', operationId: 'op-1' }
    const mail = { kind: id.kind, operationId: id.operationId, to: ['exock@microsoft.com'], sentAt: at }
    await writeSentMail(store, id, mail)
    expect(await readSentMail(store, id)).toEqual(mail)
    expect(await readSentMail(store, { ...id, operationId: 'op-2' })).toBeUndefined()
    const isSent = await kindsSent(store, 'contoso-1')
    expect([isSent('alias-exchange'), isSent('alias-sharepoint')]).toEqual([true, false])
    expect(await textAt(store, { container: 'records', name: 'contoso-1/mail/alias-exchange-op-1.json' })).toContain(
      '"format":1'
    )
  })

  test('a mail for a person to send, as any mail program reads it', async () => {
    const store = memoryStore()
    const task = { kind: 'send-mail', workload: 'exchange' } as const
    const of = { onboarding: 'contoso-1', task }
    await writeMailFile(store, of, { to: ['exock@microsoft.com'], cc: [], subject: 'Hello', text: 'Please.' })
    expect(await readMailFile(store, of)).toContain('Subject: Hello')
    expect(await readMailFile(store, { ...of, task: { ...task, workload: 'sharepoint' } })).toBeUndefined()
  })

  test('a vault it manages, whatever else is known of it', async () => {
    const store = memoryStore()
    await writeManagedVault(store, 'contoso-1', vault)
    expect(await readManagedVault(store, vault.vaultName.toUpperCase())).toMatchObject({
      onboarding: 'contoso-1',
      vault: home
    })
    expect(await managedVaultNames(store)).toEqual([vault.vaultName.toLowerCase()])
    expect(await readManagedVault(store, 'other')).toBeUndefined()
  })

  test('the rules of a vault, of which the newest count', async () => {
    const store = memoryStore()
    const rules = {
      vault: home,
      tenantId: 't',
      purpose: 'production',
      authorization: 'rbac',
      workload: 'exchange',
      servicePrincipal: 's',
      slotIdentity: 'i'
    } as const
    await writeVaultRules(store, rules, '2026-11-30T23:42:00.000Z')
    await writeVaultRules(store, { ...rules, administrators: ['a'] }, '2026-12-01T00:00:00.000Z')
    expect(await readVaultRules(store, vault.vaultName)).toEqual({ ...rules, administrators: ['a'] })
    expect(await readVaultRules(store, 'other')).toBeUndefined()
  })

  test('offline copies, of which the newest of each slot counts', async () => {
    const store = memoryStore()
    const copy = { slot: 1, by: 'alice@contoso.com', location: 'safe 3' } as const
    await writeOfflineCopy(store, { ...copy, at: '2026-11-01T00:00:00.000Z' })
    await writeOfflineCopy(store, { ...copy, at })
    expect(await copiesOfSlots(store)).toEqual({ 1: at })
    expect(await readOfflineCopy(store, 1)).toEqual({ ...copy, at })
    expect(await readOfflineCopy(store, 2)).toBeUndefined()
  })

  test('a restore drill, once for each version of a key', async () => {
    const store = memoryStore()
    const of = { vaultName: 'Contoso-A', keyName: 'Key001', version: 'f'.repeat(32) }
    const drill = { drillVault: 'drill-1', at, evidence: 'drill/x.json', proved: true }
    await writeDrill(store, of, drill)
    expect(await readDrill(store, of)).toEqual(drill)
    expect(await readDrill(store, { ...of, version: '0' })).toBeUndefined()
    expect(drillMark(of)).toBe(`Contoso-A/Key001/${'f'.repeat(32)}`)
  })

  test('what a cancelled onboarding leaves', async () => {
    const store = memoryStore()
    expect(await writeRemains(store, 'contoso-1', '# Cancelled')).toBe('contoso-1/cancelled.md')
    expect(await readRemains(store, 'contoso-1')).toBe('# Cancelled')
  })
})

describe('a verified vault', () => {
  test('is read back as it was written, and by no other digest', async () => {
    const store = memoryStore()
    const [result] = facts.vaults
    if (!result) throw new Error('the example has no vault')
    const verified = { result, evidence: facts.evidence.slice(0, 1) }
    const stored = await writeVerifiedVault(store, 'contoso-1', verified)
    expect(stored.name).toBe(`contoso-1/vaults/${result.vaultName}/${stored.sha256.slice(0, 12)}.json`)
    expect(await readVerifiedVault(store, stored)).toEqual(verified)
    await expect(readVerifiedVault(store, { ...stored, sha256: sha256('other') })).rejects.toThrow('Restore it')
  })
})

describe('the hand-off', () => {
  const composed = handOff({ plan, facts, at, banner: 'REHEARSAL' })

  test('is what was written first, with the digest of its text', async () => {
    const store = memoryStore()
    const first = await writeHandOffJson(store, composed)
    const again = await writeHandOffJson(store, { ...composed, writtenAt: '2027-01-01T00:00:00.000Z' })
    expect(again).toEqual(first)
    expect(first.handOff).toEqual(composed)
    expect(first.sha256).toBe(sha256(first.text))
    expect(JSON.parse(first.text)).toEqual({ format: 1, ...composed })
    expect(await readHandOffJson(store, 'contoso-2')).toBeUndefined()
  })

  test('lies beside its Markdown', async () => {
    const store = memoryStore()
    await writeHandOffMarkdown(store, 'contoso-1', '# Hand-off')
    expect(await readHandOffMarkdown(store, 'contoso-1')).toBe('# Hand-off')
  })

  test('that somebody has damaged says so', async () => {
    const store = memoryStore()
    await store.putNew({ container: 'records', name: 'contoso-1/hand-off.json' }, damaged)
    await expect(readHandOffJson(store, 'contoso-1')).rejects.toThrow(UnreadableRecord)
  })
})

describe('a backup', () => {
  const of = { vaultName: 'Contoso-A', keyName: 'Key001', fingerprint: 'f1' }
  const name = backupName(of)
  const version = {
    id: `https://contoso-a.vault.azure.net/keys/Key001/${'f'.repeat(32)}`,
    enabled: true,
    createdOn: at,
    updatedOn: at,
    expiresOn: undefined,
    notBefore: undefined,
    recoveryLevel: 'Recoverable',
    tags: {}
  }
  const home = { subscriptionId: 's', region: 'westus2', resourceGroup: 'g', vaultName: 'Contoso-A' }
  const manifest = manifestOf({ home, versions: [version], fingerprint: 'f1', sha256: sha256('b'), size: 1, at })

  test('lies beside its manifest, which a look tells without reading', async () => {
    const store = memoryStore()
    await writeBackup(store, name, new Uint8Array([1]))
    await writeManifest(store, name, manifest)
    expect(name).toBe('Contoso-A/Key001/f1.keybackup')
    expect(await allBackups(store)).toEqual([name])
    expect(await keysBackedUp(store, 'Contoso-A')).toEqual(['Key001'])
    expect(await readManifest(store, name)).toMatchObject({ keyName: 'Key001', sha256: sha256('b'), at })
    expect(await lookAtManifest(store, name)).toEqual({ at, sha256: sha256('b') })
  })

  test('whose manifest is absent or damaged has none that a restore may go by', async () => {
    const store = memoryStore()
    expect(await readManifest(store, name)).toBeUndefined()
    expect(await lookAtManifest(store, name)).toBeUndefined()
    await store.putNew({ container: 'backups', name: `${name}.json` }, damaged)
    expect(await readManifest(store, name)).toBeUndefined()
  })
})

describe('evidence', () => {
  const record: Evidence = {
    requirement: 'R27',
    check: 'vault-there',
    resource: 'r',
    observed: 'o',
    expected: 'e',
    held: true,
    at,
    call: { operation: 'GET vault', requestId: 'q', identity: 'slot-1' }
  }
  const stores = () => {
    const all = { app: memoryStore(), 'slot-1': memoryStore(), 'slot-2': memoryStore() }
    return { store: (identity: keyof typeof all) => all[identity] }
  }

  test('is read back from the stores of all identities, with the digest that others name', async () => {
    const own = stores()
    const ref = await writeEvidence(own, { store: 'slot-1', onboarding: 'contoso-1', step: 'vault-a' }, [record])
    const mail = await writeEvidence(own, { store: 'app', onboarding: 'contoso-1', step: 'mail/exchange' }, [record])
    const { batches, continuation } = await readEvidence(own, 'contoso-1')
    expect(batches).toEqual([
      { store: 'app', name: mail.name, sha256: mail.sha256, records: [record] },
      { store: 'slot-1', name: ref.name, sha256: ref.sha256, records: [record] }
    ])
    expect(continuation).toBeUndefined()
  })

  test('that is no evidence any more is no good answer', async () => {
    const own = stores()
    await own.store('slot-1').putNew({ container: 'evidence', name: 'contoso-1/vault-a/x.json' }, damaged)
    await expect(readEvidence(own, 'contoso-1')).rejects.toThrow(
      /^The record contoso-1\/vault-a\/x.json \(batch of evidence\) cannot be read/
    )
  })
})
