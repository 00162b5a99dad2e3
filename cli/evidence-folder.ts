import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { z } from 'zod'
import { evidenceBatch } from '../src/domain/views/documents.ts'
import { ledgerPage } from '../src/domain/views/ledger-page.ts'
import { erasedMark } from '../src/domain/terms/erased-mark.ts'
import { canonicalJson } from '../src/domain/terms/digest.ts'
import type { EvidenceSet } from './evidence-set.ts'
import { CkeyError, exitCodes } from './report.ts'
import { sha256 } from '../src/sha256.ts'

// DIR/index.json says whose it is, and the digest of every other file; DIR/hand-off.json is the hand-off;
// DIR/evidence/STORE/NAME has the records of a batch; DIR/ledger.json has the chains of the ledger, entry by entry as they lay
// in the store, and what the slots kept of them.

const index = z.object({
  id: z.string(),
  handOffSha256: z.string().nullable(),
  files: z.record(z.string(), z.string())
})
const records = evidenceBatch.shape.records
/** One out of which a person was erased. */
const withoutPerson = z.object({ records, erased: erasedMark })
const store = evidenceBatch.shape.store
const ledger = ledgerPage.omit({ continuation: true })

export function writeEvidence(folder: string, set: EvidenceSet): void {
  for (const [name, content] of Object.entries(contentsOf(set))) write(join(folder, name), content)
}

/** The text of each file of a folder: there is one way to write it, so that nothing can stand in it beside what is read. */
function contentsOf({ id, batches, handOff, ledger: chains }: EvidenceSet): Readonly<Record<string, string>> {
  const contents: Record<string, string> = { 'ledger.json': JSON.stringify(ledger.parse(chains), undefined, 2) }
  if (handOff) contents['hand-off.json'] = handOff.text
  for (const batch of batches) {
    if (batch.name.split('/').some((part) => part === '..' || part === ''))
      throw new Error(`The batch ${batch.name} has a name that fits no folder.`)
    contents[`evidence/${batch.store}/${batch.name}`] = canonicalJson(
      batch.erased ? { erased: batch.erased, records: batch.records } : batch.records
    )
  }
  const files = Object.fromEntries(Object.entries(contents).map(([name, content]) => [name, sha256(content)]))
  return {
    ...contents,
    'index.json': JSON.stringify({ id, handOffSha256: handOff?.sha256 ?? null, files }, undefined, 2)
  }
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

/** Reads what `writeEvidence` wrote, on any machine and without the app. */
export function readEvidence(folder: string): EvidenceSet {
  const { id, handOffSha256, files } = parsed(join(folder, 'index.json'), index)
  const file = join(folder, 'hand-off.json')
  if (handOffSha256 !== null && !existsSync(file)) throw unreadable(file, 'it is not there')
  const handOff = handOffSha256 === null ? undefined : { text: readFileSync(file, 'utf8'), sha256: handOffSha256 }
  const batches = filesIn(join(folder, 'evidence')).map((name) => batchIn(folder, name))
  const set = { id, handOff, batches, ledger: parsed(join(folder, 'ledger.json'), ledger) }
  return { ...set, others: [...indexFaults(folder, files), ...moreThanRead(folder, set)] }
}

/** A word that was put in where nobody reads it would be believed by whoever opens the file. */
const moreThanRead = (folder: string, set: EvidenceSet): string[] =>
  Object.entries(contentsOf(set))
    .filter(([name, content]) => existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8') !== content)
    .map(
      ([name]) =>
        `${name}: it has more in it than its records, or is written otherwise than ckey export-evidence writes`
    )

/** What lies there otherwise than the index says. */
function indexFaults(folder: string, files: Readonly<Record<string, string>>): string[] {
  const there = filesIn(folder).filter((name) => name !== 'index.json')
  return [
    ...Object.keys(files)
      .filter((name) => !there.includes(name))
      .map((name) => `${name}: in the index, and not there`),
    ...there.filter((name) => files[name] === undefined).map((name) => `${name}: there, and not in the index`),
    ...there
      .filter((name) => files[name] !== undefined && files[name] !== sha256(readFileSync(join(folder, name))))
      .map((name) => `${name}: its digest is not the one in the index`)
  ]
}

const filesIn = (folder: string): string[] =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) =>
          join(parentPath, name)
            .slice(folder.length + 1)
            .split(sep)
            .join('/')
        )
        .toSorted()

function batchIn(folder: string, path: string) {
  const [first = '', ...rest] = path.split('/')
  const owner = store.safeParse(first)
  if (!owner.success) throw unreadable(join(folder, 'evidence', path), `${first} is no store`)
  const written = parsed(join(folder, 'evidence', path), z.union([records, withoutPerson]))
  const [content, erased] = Array.isArray(written) ? [written] : [written.records, written.erased]
  return {
    store: owner.data,
    name: rest.join('/'),
    sha256: sha256(canonicalJson(content)),
    records: content,
    ...(erased && { erased })
  }
}

function parsed<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw unreadable(
      file,
      error instanceof z.ZodError ? 'it has other content' : error instanceof Error ? error.message : String(error)
    )
  }
}

const unreadable = (file: string, why: string): CkeyError =>
  new CkeyError(`${file} cannot be read: ${why}. Write the folder again with ckey export-evidence.`, exitCodes.unusable)
