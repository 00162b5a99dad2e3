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
export function checkAttributes({ nbf, exp, exportable }: KeyAttributes): void {
  if (exportable === true) throw badParameter('A key can be exportable only when it has a release policy.')
  for (const [name, value] of Object.entries({ nbf, exp })) {
    if (typeof value === 'number' && value < 0) throw badParameter(`Invalid value of attribute ${name}: ${value}`)
  }
}

export function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
