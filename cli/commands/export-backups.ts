import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { PersonAzure } from '../../src/azure/connect-person.ts'
import { allBackups, readBackup } from '../../src/records/backup.ts'
import { manifestName, parseManifest } from '../../src/records/backup-manifest.ts'
import type { Slot } from '../../src/domain/terms/evidence.ts'
import type { AddCommand } from '../shell.ts'
import { CkeyError, exitCodes, type Report } from '../report.ts'
import { sha256 } from '../../src/sha256.ts'
import { asPerson, readSlot, type SlotOptions } from '../slot-option.ts'

/** `ckey export-backups`: the offline copies that R45 asks for. The blobs never pass through the app. */
export const addExportBackups: AddCommand = (program, shell) => {
  program
    .command('export-backups')
    .description(
      'write every key backup of one slot to a folder, with manifests and checksums, as the person signed in with az login'
    )
    .requiredOption('--slot <1|2>', 'whose backups', readSlot)
    .requiredOption('--to <folder>', 'where to; it belongs to this slot from then on')
    .option('--store <url>', 'blob endpoint of the slot (default: CKEY_SLOT<n>_STORE_URL)')
    .option('--json', 'print one JSON document')
    .action(
      shell.does(async (options: SlotOptions & { to: string }) => {
        const folder = resolve(options.to)
        claim(folder, options.slot)
        return exportTo(folder, await asPerson(options, shell.outside), options.slot)
      })
    )
}

/** The copies of both slots never lie in one folder. */
function claim(folder: string, slot: Slot): void {
  const marker = join(folder, 'SLOT')
  const owner = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : String(slot)
  if (owner !== String(slot)) {
    throw new CkeyError(
      `${folder} holds the backups of slot ${owner}. Keep the two slots apart: give another folder, on another medium.`,
      exitCodes.unusable
    )
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(marker, `${slot}\n`)
}

interface ExportedFile {
  readonly name: string
  readonly sha256: string
  readonly fault?: string
  readonly at?: string
}

async function exportTo(folder: string, { store }: PersonAzure, slot: Slot): Promise<Report> {
  const names = await allBackups(store)
  const copies: ExportedFile[] = []
  for (const name of names) copies.push(...(await copy(folder, store, name)))
  const sums = copies.map((each) => `${each.sha256}  ${each.name}\n`).join('')
  writeFileSync(join(folder, 'SHA256SUMS'), sums)
  const faults = copies.flatMap(({ name, fault }) => (fault === undefined ? [] : [`${name}: ${fault}`]))
  const backups = names.length
  const newest = copies
    .flatMap(({ at }) => at ?? [])
    .sort()
    .at(-1)
  const data = { slot, folder, backups, newest: newest ?? null, sums: sha256(Buffer.from(sums)), faults }
  return { data, lines: linesOf(data), exitCode: faults.length === 0 ? exitCodes.done : exitCodes.refused }
}

async function copy(folder: string, store: PersonAzure['store'], name: string): Promise<ExportedFile[]> {
  const backup = (await readBackup(store, name)) ?? new Uint8Array()
  const beside = await readBackup(store, manifestName(name))
  const manifest = beside && parseManifest(beside)
  const digest = write(folder, name, backup)
  const fault = manifest
    ? faultOf(manifest.sha256, digest)
    : 'it has no manifest that can be read; the next sweep writes one'
  return [
    { name, sha256: digest, ...(fault !== undefined && { fault }), ...(manifest && { at: manifest.at }) },
    ...(beside ? [{ name: manifestName(name), sha256: write(folder, manifestName(name), beside) }] : [])
  ]
}

const faultOf = (expected: string, digest: string): string | undefined =>
  expected === digest ? undefined : `it is not what its manifest describes (SHA-256 ${expected})`

function write(folder: string, name: string, bytes: Uint8Array): string {
  if (name.split('/').some((part) => part === '..' || part === ''))
    throw new Error(`The store has a blob named ${name}, which fits no folder.`)
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  return sha256(bytes)
}

function linesOf({
  slot,
  folder,
  backups,
  newest,
  sums,
  faults
}: {
  slot: Slot
  folder: string
  backups: number
  newest: string | null
  sums: string
  faults: readonly string[]
}): string[] {
  return [
    `${backups} backups of slot ${slot} with their manifests are in ${folder}, the newest of ${newest ?? 'no moment'}.`,
    ...faults.map((fault) => `✗ ${fault}`),
    'Check them anywhere: sha256sum -c SHA256SUMS',
    `Put them on a medium that no network reaches, then answer the task attest-offline-${slot} with where it is kept`,
    `and, as its statement, the SHA-256 of SHA256SUMS: ${sums}`
  ]
}
