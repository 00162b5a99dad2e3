import { z } from 'zod'
import { quoted } from '../terms/fault.ts'
import { canonicalJson, type Sha256 } from '../terms/digest.ts'

/**
 * What people approve a plan by: `v1.` and the SHA-256, hex, of all of it but this, sentences included, in canonical JSON. What
 * is shown is what is approved; that a later release words something anew changes no plan, since none is made again.
 * Another way to make it is another version, and this one stays for plans that have it.
 */
export const planDigest = z
  .string()
  .regex(/^v1\.[0-9a-f]{64}$/, {
    error: ({ input }) => `${quoted(input)} is not a plan digest. Send the digest of the plan you approve.`
  })
  .meta({ description: 'v1. and SHA-256, hexadecimal' })

const version = 'v1.'

/** The digest of a plan's content; one that the content has already is left out. */
export function digestOf(content: object, sha256: Sha256): string {
  const { digest: _, ...rest } = content as { digest?: string }
  return version + sha256(canonicalJson(rest))
}

const withoutVersion = (digest: string): string => digest.replace(/^v\d+\./, '')

/** As people read it: the first eight of its hexadecimal characters. */
export const shortDigest = (digest: string): string => withoutVersion(digest).slice(0, 8)

/** Whether somebody has typed its first eight characters or more, with its version or without. */
export const beginsDigest = (typed: string, digest: string): boolean =>
  typed.length >= 8 && (digest.startsWith(typed) || withoutVersion(digest).startsWith(typed))
