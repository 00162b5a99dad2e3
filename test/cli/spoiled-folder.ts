import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { canonicalJson } from '../../src/domain/terms/digest.ts'
import { sha256 } from '../../src/sha256.ts'

/** One change to a folder of evidence; what it does can be undone. */
export interface Spoil {
  readonly what: string
  does(): () => void
}

/** Every change that somebody may make to a folder: to each file, between files, and beside them. */
export function spoils(folder: string): Spoil[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const batches = files.filter((file) => file.includes('/evidence/'))
  const [first = '', second = ''] = batches
  const index = join(folder, 'index.json')
  const handOff = join(folder, 'hand-off.json')
  return [
    ...files.flatMap((file) => [removed(folder, file), ...lettersChanged(folder, file)]),
    ...batches.map((file) => moved(folder, file)),
    ...batches.map((file) =>
      both(`${relative(folder, file)} says otherwise, and that a person was erased out of it`, [
        () =>
          changed(file, (text) => {
            const records = JSON.parse(text) as object[]
            const erased = { at: '2026-11-30T00:00:00Z', sha256: sha256(text) }
            return canonicalJson({ erased, records: records.map((each) => ({ ...each, observed: 'all is well' })) })
          }),
        () => indexed(folder)
      ])
    ),
    ...files.flatMap((file) => wordsAdded(folder, file)),
    swapped(first, second),
    added(first),
    both('a batch is added, to the index too', [() => added(first).does(), () => indexed(folder)]),
    both('no hand-off, and an index without one', [
      () => changed(index, (text) => text.replace(/"[0-9a-f]{64}"/, 'null')),
      () => gone(handOff),
      () => indexed(folder)
    ]),
    both('another hand-off, and an index that has its digest', [
      () => changed(handOff, (text) => text.replace('fabrikam.com', 'fabrikam.org')),
      () => changed(index, (text) => text.replace(/[0-9a-f]{64}/, sha256(readFileSync(handOff)))),
      () => indexed(folder)
    ]),
    both('a chain of the ledger is there twice', [
      () =>
        changed(join(folder, 'ledger.json'), (text) => {
          const { chains, ...rest } = JSON.parse(text) as { chains: unknown[] }
          return JSON.stringify({ chains: [...chains, chains[0]], ...rest }, undefined, 2)
        }),
      () => indexed(folder)
    ]),
    both('a ledger cut short, with its heads', [
      () =>
        changed(join(folder, 'ledger.json'), (text) => {
          const { chains, ...rest } = JSON.parse(text) as { chains: { entries: unknown[] }[]; heads: unknown[] }
          return JSON.stringify({
            ...rest,
            chains: chains.map((chain) => ({ ...chain, entries: chain.entries.slice(0, -1) }))
          })
        })
    ])
  ]
}

const removed = (folder: string, file: string): Spoil => ({
  what: `${relative(folder, file)} is gone`,
  does: () => gone(file)
})

/** A letter or a digit in each fifth of the file is another. */
const lettersChanged = (folder: string, file: string): Spoil[] =>
  [0, 1, 2, 3, 4].map((fifth) => ({
    what: `${relative(folder, file)} has another letter in its fifth ${String(fifth)}`,
    does: () =>
      changed(file, (text) => {
        const at = text.slice(Math.floor((text.length * fifth) / 5)).search(/(?<=": ?"[^"\\]{0,40})[a-z0-9]/)
        const place = at + Math.floor((text.length * fifth) / 5)
        return at < 0 ? '' : text.slice(0, place) + (text[place] === 'a' ? 'b' : 'a') + text.slice(place + 1)
      })
  }))

/** Where nobody reads it: in every kind of object that a file has, with an index that fits. */
function wordsAdded(folder: string, file: string): Spoil[] {
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const written = file.endsWith('index.json') || file.endsWith('ledger.json') || file.endsWith('hand-off.json') ? 2 : 0
  const spoil = (what: string, text: string): Spoil =>
    both(`${relative(folder, file)} has ${what}`, [
      () => changed(file, () => text),
      () => (file.endsWith('index.json') ? () => undefined : indexed(folder))
    ])
  return [
    spoil('a blank more', `${JSON.stringify(document, undefined, written)} `),
    ...objectKinds(document).map((path) =>
      spoil(`a word more in ${path.join('.')}`, JSON.stringify(withWord(document, path), undefined, written))
    )
  ]
}

/** A path to one object of each kind: lists count as one. */
function objectKinds(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([name, each]) => objectKinds(each, [...path, name]))
  const all = Array.isArray(value) ? inner : [path, ...inner]
  return [
    ...new Map(all.map((each) => [each.map((name) => (/^\d+$/.test(name) ? '*' : name)).join('.'), each])).values()
  ]
}

function withWord(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (name === undefined) return { ...value, signedBy: 'somebody' }
  return Array.isArray(value)
    ? value.map((each: unknown, index) => (String(index) === name ? withWord(each, rest) : each))
    : { ...value, [name]: withWord(Object.entries(value).find(([key]) => key === name)?.[1], rest) }
}

const moved = (folder: string, file: string): Spoil => ({
  what: `${relative(folder, file)} lies under another name`,
  does() {
    const there = join(dirname(file), 'another.json')
    renameSync(file, there)
    return () => renameSync(there, file)
  }
})

const swapped = (one: string, other: string): Spoil => ({
  what: 'two batches are swapped',
  does() {
    const [first, second] = [readFileSync(one), readFileSync(other)]
    writeFileSync(one, second)
    writeFileSync(other, first)
    return () => {
      writeFileSync(one, first)
      writeFileSync(other, second)
    }
  }
})

/** A batch that is whole in itself, under the name that its digest gives it. */
const added = (beside: string): Spoil => ({
  what: 'a batch is added',
  does() {
    const [record] = JSON.parse(readFileSync(beside, 'utf8')) as object[]
    const content = canonicalJson([{ ...record, observed: 'another' }])
    const file = join(dirname(beside), `${sha256(content).slice(0, 12)}.json`)
    writeFileSync(file, content)
    return () => rmSync(file)
  }
})

const both = (what: string, changes: readonly (() => () => void)[]): Spoil => ({
  what,
  does() {
    const undo = changes.map((change) => change())
    return () => {
      for (const each of undo.toReversed()) each()
    }
  }
})

function changed(file: string, change: (text: string) => string): () => void {
  const before = readFileSync(file, 'utf8')
  const after = change(before)
  if (after === before) throw new Error(`Nothing is changed in ${file}.`)
  writeFileSync(file, after)
  return () => writeFileSync(file, before)
}

function gone(file: string): () => void {
  const before = readFileSync(file)
  rmSync(file)
  return () => writeFileSync(file, before)
}

/** The index as whoever knows of it would make it. */
function indexed(folder: string): () => void {
  const index = join(folder, 'index.json')
  const before = readFileSync(index, 'utf8')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'index.json')
    .map(({ parentPath, name }) => join(parentPath, name))
  const digests = Object.fromEntries(files.map((file) => [relative(folder, file), sha256(readFileSync(file))]))
  writeFileSync(index, JSON.stringify({ ...(JSON.parse(before) as object), files: digests }, undefined, 2))
  return () => writeFileSync(index, before)
}
