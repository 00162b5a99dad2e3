import { parsedJson } from '../../domain/terms/parsed-json.ts'
import type { Eraser } from '../../azure/erase-blobs.ts'
import type { RecordPlace, RecordStore } from '../../contracts/record-store.ts'
import { eachOf } from '../../at-a-time.ts'
import { onboardingChain } from '../../domain/ledger/chains.ts'
import { erasedMarkOf } from '../../domain/terms/erased-mark.ts'
import { isClosed } from '../../domain/ledger/judgements.ts'
import { documentWithout, namesOf, textWithout, type ErasedPerson } from '../../domain/people/without-person.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { staysInRecords } from '../../records/stored-kinds.ts'
import { sha256 } from '../../sha256.ts'

/** What a person's own sign-in reaches of the records account. */
export interface EraseReach {
  readonly store: RecordStore
  readonly eraser: Eraser
}

/** A document that says something of the person. */
export interface Found {
  readonly name: string
  readonly bytes: Uint8Array
  /** Stays as it is for now: the app works by it, or its onboarding still runs and is worked by it. */
  readonly runs: boolean
}

export interface Search {
  readonly person: ErasedPerson
  readonly found: readonly Found[]
  /** Until when an entry of the ledger of these onboardings cannot be deleted, ISO 8601 UTC; undefined: it is not locked. */
  readonly ledgerUntil: string | undefined
}

/**
 * Everything in `records` that says something of a person: of an object id, the names that any document gives it count too.
 * `names`: what is known of them besides.
 */
export async function findPerson(store: RecordStore, { oid, names }: ErasedPerson): Promise<Search> {
  const { value: all } = await store.list('records', '')
  const documents = (await eachOf(all, async (name) => ({ name, bytes: await bytesAt(store, name) }))).flatMap(
    ({ name, bytes }) => (bytes ? [{ name, bytes }] : [])
  )
  const known = oid === undefined ? [] : documents.flatMap(({ bytes }) => namesOf(oid, jsonIn(bytes)))
  const person = { oid, names: distinct([...names, ...known]).filter((name) => !name.startsWith('erased-')) }
  const about = documents.filter((each) => isAbout(person, each))
  const onboardings = distinct(
    about.map(({ name }) => onboardingOf(name)).filter((id) => all.includes(`${id}/plan.json`))
  )
  const running = await eachOf(onboardings, async (id) => {
    const entries = await chainsIn(store).read(onboardingChain(id))
    return entries.length > 0 && !isClosed(entries) ? [id] : []
  })
  const isRunning = new Set(running.flat())
  return {
    person,
    found: about.map((each) => ({
      ...each,
      runs: staysInRecords(each.name) || isRunning.has(onboardingOf(each.name))
    })),
    ledgerUntil: await ledgerUntil(store, onboardings)
  }
}

/** Writes each document anew without the person, and reads it back. Gives those that still say something of them. */
export async function erasePerson({ store, eraser }: EraseReach, { person, found }: Search): Promise<string[]> {
  const { value: at } = await store.now('records')
  const left = await eachOf(
    found.filter(({ runs }) => !runs),
    async ({ name, bytes }) => {
      await eraser.replace(placeOf(name), bytesWithout(person, { name, bytes }, at))
      const there = await bytesAt(store, name)
      return there === undefined || isAbout(person, { name, bytes: there }) ? [name] : []
    }
  )
  return left.flat()
}

/** Whether anything of the person stands in it. */
function isAbout(person: ErasedPerson, { bytes }: Pick<Found, 'name' | 'bytes'>): boolean {
  const document = jsonIn(bytes)
  return document === undefined
    ? textWithout(person, textIn(bytes)) !== textIn(bytes)
    : JSON.stringify(documentWithout(person, document)) !== JSON.stringify(document)
}

/** Of what somebody said only that it was erased is left; of a mail to send, too, and of the rest all but the person. */
function bytesWithout(person: ErasedPerson, { name, bytes }: Pick<Found, 'name' | 'bytes'>, at: string): Uint8Array {
  const text = textIn(bytes)
  const document = jsonIn(bytes)
  if (name.endsWith('.eml')) return utf8(`This mail was erased at ${at}.\r\n`)
  if (document === undefined) return utf8(textWithout(person, text))
  const erased = { sha256: erasedMarkOf(document)?.sha256 ?? sha256(bytes), at }
  if (/^[^/]+\/said\//.test(name)) return utf8(JSON.stringify({ format: 1, erased }))
  const without = documentWithout(person, document)
  const whole = Array.isArray(without) ? { records: without, erased } : { ...(without as object), erased }
  return utf8(JSON.stringify(whole, undefined, name.endsWith('hand-off.json') ? 2 : undefined))
}

async function ledgerUntil(store: RecordStore, onboardings: readonly string[]): Promise<string | undefined> {
  const ends = await eachOf(onboardings, async (id) => {
    const { value: names } = await store.list('ledger', `${onboardingChain(id)}/`)
    const newest = names.at(-1)
    const value =
      newest === undefined ? undefined : (await store.properties({ container: 'ledger', name: newest })).value
    return value?.immutableUntil
  })
  return ends
    .flatMap((end) => end ?? [])
    .toSorted()
    .at(-1)
}

const placeOf = (name: string): RecordPlace => ({ container: 'records', name })
const bytesAt = async (store: RecordStore, name: string) => (await store.read(placeOf(name))).value?.bytes
const onboardingOf = (name: string): string => name.split('/', 1)[0] ?? ''
const distinct = (all: readonly string[]): string[] => [...new Set(all)]
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const textIn = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const jsonIn = (bytes: Uint8Array): unknown => parsedJson(textIn(bytes))
