/** Whoever is to be erased. */
export interface ErasedPerson {
  /** Undefined for somebody who never signed in, e.g. a security officer. */
  readonly oid: string | undefined
  /** Names and addresses, as documents have them. */
  readonly names: readonly string[]
}

/** Stands where a name stood: the same for one person everywhere, so that what two people did stays told apart. */
function standIn({ oid }: ErasedPerson, name: string): string {
  const word = `${erasedPrefix}${oid?.slice(0, 8) ?? 'person'}`
  return name.includes('@') ? `${word}@erased.invalid` : word
}

/** Names that a document gives to an object id, beside it. */
export function namesOf(oid: string, document: unknown): string[] {
  if (Array.isArray(document)) return document.flatMap((each) => namesOf(oid, each))
  if (!isObject(document)) return []
  const own = isOf(oid, document) ? nameFields.flatMap((field) => textIn(document, field)) : []
  return [...own, ...Object.values(document).flatMap((each) => namesOf(oid, each))]
}

/** A text without the person: addresses wherever they stand, other names as whole words. */
export function textWithout(person: ErasedPerson, text: string): string {
  const longestFirst = person.names.toSorted((one, other) => other.length - one.length)
  return longestFirst.reduce((left, name) => left.replaceAll(wholeName(name), standIn(person, name)), text)
}

/** A document without the person's names, and without the words that are theirs. */
export function documentWithout(person: ErasedPerson, document: unknown, isTheirs = false): unknown {
  if (typeof document === 'string') return stringWithout(person, document)
  if (Array.isArray(document)) return document.map((each) => documentWithout(person, each, isTheirs))
  if (!isObject(document)) return document
  const theirs = isTheirs || isSaidBy(person, document)
  return Object.fromEntries(
    Object.entries(document).map(([field, value]) => [
      stringWithout(person, field),
      theirs && ownWords.includes(field) && typeof value === 'string'
        ? erasedWords
        : documentWithout(person, value, theirs)
    ])
  )
}

/** Whether somebody was erased out of a document: what stands in their place does. */
export const standsErased = (document: unknown): boolean =>
  [erasedPrefix, erasedWords].some((word) => JSON.stringify(document).includes(word))

const erasedPrefix = 'erased-'

/** Long enough for every field of a person's own words. */
const erasedWords = 'erased at the request of whoever said it'

const ownWords: readonly string[] = ['reason', 'statement', 'location', 'why']
const nameFields = ['by', 'party', 'displayName', 'mail', 'userPrincipalName', 'upn', 'name', 'email'] as const
const authors = ['by', 'submittedBy', 'answeredBy'] as const

/** A short name may be part of another word, or of a resource's name: it is the person's only where it stands alone. */
function stringWithout(person: ErasedPerson, text: string): string {
  const [whole] = person.names.filter((name) => sameName(name, text))
  if (whole !== undefined) return standIn(person, whole)
  return textWithout(
    { ...person, names: person.names.filter((name) => name.includes('@') || name.includes(' ')) },
    text
  )
}

const isSaidBy = (person: ErasedPerson, document: Fields): boolean =>
  (person.oid !== undefined && isOf(person.oid, document)) ||
  authors.some((field) => textIn(document, field).some((by) => person.names.some((name) => sameName(name, by))))

const isOf = (oid: string, { objectId, oid: own, person }: Fields): boolean =>
  [objectId, own, isObject(person) ? person['oid'] : undefined].some(
    (id) => typeof id === 'string' && sameName(id, oid)
  )

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

const wholeName = (name: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}._%+-])${name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`,
    'giu'
  )

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textIn(document: Fields, field: string): string[] {
  const value = document[field]
  return typeof value === 'string' && value !== '' ? [value] : []
}
