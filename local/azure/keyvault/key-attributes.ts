import { badParameter } from './refusals.ts'
import type { KeyVersion } from './key-record.ts'

/** Attributes as they travel; `null` is what a client sends for "say nothing". */
export interface KeyAttributes {
  readonly enabled?: boolean | null
  readonly nbf?: number | null
  readonly exp?: number | null
  readonly exportable?: boolean | null
}

/** Body of an update. */
export interface KeyUpdate {
  readonly attributes?: KeyAttributes | null
  readonly key_ops?: readonly string[] | null
  readonly tags?: Readonly<Record<string, string>> | null
}

/** A version after an update. What is not named stays: an expiry date, once set, changes but never goes (R42). */
export function updated(version: KeyVersion, update: KeyUpdate, now: number): KeyVersion {
  return {
    ...version,
    enabled: update.attributes?.enabled ?? version.enabled,
    ...datesIn(update.attributes),
    operations: update.key_ops ?? version.operations,
    tags: update.tags ?? version.tags,
    updated: wholeSeconds(now)
  }
}

/** The dates that are said, and no others. */
export function datesIn(attributes: KeyAttributes | null | undefined): Pick<KeyVersion, 'notBefore' | 'expires'> {
  const { nbf, exp } = attributes ?? {}
  return {
    ...(typeof nbf === 'number' ? { notBefore: nbf } : {}),
    ...(typeof exp === 'number' ? { expires: exp } : {})
  }
}

/** Throws for attributes that no key may have here. */
export function checkAttributes({ nbf, exp, exportable }: Partial<Record<keyof KeyAttributes, unknown>>): void {
  if (exportable === true) throw badParameter('A key can be exportable only when it has a release policy.')
  for (const [name, value] of Object.entries({ nbf, exp })) {
    if (value === undefined || value === null || (Number.isInteger(value) && Number(value) >= 0)) continue
    throw badParameter(`Invalid value of attribute ${name}: ${JSON.stringify(value)}`)
  }
}

/** https://learn.microsoft.com/azure/key-vault/keys/about-keys-details: a key that never was valid is refused. */
export function checkDates({ notBefore, expires }: Pick<KeyVersion, 'notBefore' | 'expires'>): void {
  if (notBefore !== undefined && expires !== undefined && expires <= notBefore)
    throw badParameter('The attribute exp must be later than nbf.')
}

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates: at most 15, of 512 characters each. */
export function checkTags(tags: Readonly<Record<string, unknown>> | null | undefined): void {
  const all = Object.entries(tags ?? {})
  if (all.length > 15) throw badParameter('A key can have at most 15 tags.')
  const wrong = all.find(([name, tag]) => typeof tag !== 'string' || name.length > 512 || tag.length > 512)
  if (wrong) throw badParameter(`Invalid tag: ${wrong[0]}`)
}

export function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
