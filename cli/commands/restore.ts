import { existsSync, readFileSync } from 'node:fs'
import type { BackupManifest } from '../../src/domain/backups/backup-manifest.ts'
import { readBackup } from '../../src/records/backup.ts'
import { manifestName, parseManifest } from '../../src/records/backup-manifest.ts'
import { versionsAstray, whyNotRestorable, type RestoreTarget } from '../../src/domain/backups/restore-plan.ts'
import type { PersonAzure } from '../../src/azure/connect-person.ts'
import type { AddCommand } from '../shell.ts'
import { CkeyError, exitCodes, type Report } from '../report.ts'
import { sha256 } from '../../src/sha256.ts'
import { asPerson, readSlot, type SlotOptions } from '../slot-option.ts'

interface RestoreOptions extends SlotOptions {
  readonly backup: string
  readonly vault: string
  readonly subscription: string
  readonly resourceGroup: string
  readonly restore?: boolean
}

/** `ckey restore`: by a person with their own rights, since the app holds none to restore. Without `--restore` a dry run. */
export const addRestore: AddCommand = (program, shell) => {
  program
    .command('restore')
    .description(
      'bring a backed up key into a vault of its own subscription and geography, as the person signed in with az login'
    )
    .requiredOption('--slot <1|2>', 'whose backup', readSlot)
    .requiredOption(
      '--backup <file|blob>',
      'an exported .keybackup file with its manifest beside it, or the name of one in the store'
    )
    .requiredOption('--vault <name>', 'the vault it goes to')
    .requiredOption('--subscription <id>', 'of that vault')
    .requiredOption('--resource-group <name>', 'of that vault')
    .option('--store <url>', 'blob endpoint of the slot (default: CKEY_SLOT<n>_STORE_URL)')
    .option('--restore', 'restore it; without, only say whether it could be')
    .option('--json', 'print one JSON document')
    .action(shell.does(async (options: RestoreOptions) => restore(options, await asPerson(options, shell.outside))))
}

async function restore(options: RestoreOptions, azure: PersonAzure): Promise<Report> {
  const { bytes, manifest } = await backupOf(options.backup, azure)
  const target = await targetOf(options, azure)
  const problems = whyNotRestorable({ manifest, backup: { sha256: sha256(bytes), size: bytes.length }, target })
  const about = {
    key: manifest.keyName,
    versions: manifest.versions.length,
    takenAt: manifest.at,
    vault: target.vaultName
  }
  if (problems.length > 0)
    return { data: { ...about, restored: false, problems }, lines: problems, exitCode: exitCodes.refused }
  if (options.restore !== true) {
    const line =
      `${about.key} with ${about.versions} versions, as of ${about.takenAt}, can be restored to ${about.vault}. ` +
      'Nothing was done: give --restore to do it.'
    return { data: { ...about, restored: false, problems }, lines: [line] }
  }
  const { value: id } = await azure.keys.restore(target.vaultName, bytes)
  const { value: restored = [] } = await azure.keys.versions({ vaultName: target.vaultName, keyName: manifest.keyName })
  const astray = versionsAstray(manifest, restored)
  const lines =
    astray.length === 0
      ? [
          `${id} is restored with all ${about.versions} versions. Policies name keys by their vault: tell them of the new place.`
        ]
      : [`${id} is restored, but not with the versions of the manifest: ${astray.join(', ')}. Compare before using it.`]
  const exitCode = astray.length === 0 ? exitCodes.done : exitCodes.refused
  return { data: { ...about, restored: true, id, astray }, lines, exitCode }
}

interface Backup {
  readonly bytes: Uint8Array
  readonly manifest: BackupManifest
}

async function backupOf(name: string, { store }: PersonAzure): Promise<Backup> {
  const fromFile = (file: string): Uint8Array | undefined => (existsSync(file) ? readFileSync(file) : undefined)
  const read = existsSync(name) ? fromFile : (blob: string) => readBackup(store, blob)
  const bytes = await read(name)
  const beside = await read(manifestName(name))
  const manifest = beside && parseManifest(beside)
  if (bytes && manifest) return { bytes, manifest }
  const what = bytes ? 'Its manifest, the same name with .json behind it,' : `The backup ${name}`
  throw new CkeyError(
    `${what} cannot be read. Give a file of an export, or the name of a blob in the store.`,
    exitCodes.unusable
  )
}

async function targetOf(options: RestoreOptions, { vaults, keys }: PersonAzure): Promise<RestoreTarget> {
  const { vault: vaultName, subscription: subscriptionId, resourceGroup } = options
  const { value: facts } = await vaults.read({ vaultName, subscriptionId, resourceGroup })
  if (!facts) {
    const where = `${resourceGroup} of subscription ${subscriptionId}`
    throw new CkeyError(
      `There is no vault ${vaultName} in ${where}. Make it first, or correct its name.`,
      exitCodes.unusable
    )
  }
  const { value: keyNames } = await keys.names(vaultName)
  return { vaultName: facts.name, subscriptionId: facts.subscriptionId, region: facts.region, keyNames }
}
