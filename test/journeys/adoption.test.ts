import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { outbox } from '../../local/azure/email/outbox.ts'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { emptyHub } from '../../local/host/store/open.ts'
import { giveSetupRolesAgain } from '../../local/azure/setup-roles.ts'
import { protections } from '../../local/azure/storage/worm.ts'
import { playForReal, type Played } from './played.ts'
import { oneWorkload } from './requests.ts'

/** What must be there once: the mails to Microsoft, the vaults, the versions of their keys, the immutable backups. */
const thingsIn = ({
  stage: {
    azure: { world }
  }
}: Played) => ({
  mails: outbox(world)
    .values()
    .filter(({ to }) => to.some((address) => address.endsWith('microsoft.com')))
    .map(({ subject }) => subject),
  vaults: vaults(world)
    .values()
    .map(({ name, createdAt }) => [name, createdAt]),
  keys: keysOf(world)
    .values()
    .map(({ name, versions }) => [name, versions.length]),
  backups: protections(world)
    .values()
    .map(({ address }) => address)
    .filter((address) => address.endsWith('.keybackup'))
})

test('the same request on an empty task hub adopts everything: no second mail, vault, key or backup', {
  timeout: 300_000
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'customer-key-adopted-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const first = await playForReal(oneWorkload(), { folder })
  await first.start()
  await first.until((view) => view.status === 'completed')
  const before = thingsIn(first)
  await first.end()
  expect([before.mails.length, before.vaults.length, before.keys.length, before.backups.length]).toEqual([1, 2, 2, 2])

  const hub = new DatabaseSync(join(folder, 'host.sqlite'))
  emptyHub(hub)
  hub.close()
  const second = await playForReal(oneWorkload(), { folder })
  giveSetupRolesAgain(second.stage.azure.world, second.stage.azure.seed) // people took them away at the first hand-off
  await second.start()
  await second.until((view) => view.status === 'completed')
  const after = thingsIn(second)
  const { report } = await second.end()
  expect(after).toEqual(before)
  expect([report.outcome, report.findings]).toEqual(['completed', []])
})
