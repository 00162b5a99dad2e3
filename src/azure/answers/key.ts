import { z } from 'zod'
import { parseKeyId } from '../../domain/terms/key-uri.ts'
import { optionalText, page, tags, text, wordOf } from './words.ts'

// Keys as Key Vault answers them: https://learn.microsoft.com/rest/api/keyvault/keys

function partsOf(id: string) {
  try {
    return parseKeyId(id)
  } catch {
    return undefined
  }
}

const keyId = z.string().refine((id) => partsOf(id) !== undefined, 'expected the id of a key')
const versionId = z.string().refine((id) => partsOf(id)?.version !== undefined, 'expected the id of a key version')

/** The last second that a `Date` can hold. */
const seconds = z.int().min(0).max(8_640_000_000_000)

/** `DeletionRecoveryLevel` */
const recoveryLevel = wordOf(
  'Purgeable',
  'Recoverable+Purgeable',
  'Recoverable',
  'Recoverable+ProtectedSubscription',
  'CustomizedRecoverable+Purgeable',
  'CustomizedRecoverable',
  'CustomizedRecoverable+ProtectedSubscription'
)

const attributes = z.object({
  enabled: z.boolean(),
  created: seconds,
  updated: seconds,
  exp: seconds.nullish(),
  nbf: seconds.nullish(),
  recoveryLevel,
  recoverableDays: z.int().nullish(),
  hsmPlatform: optionalText
})

/** `JsonWebKeyOperation` */
const keyOperation = wordOf('encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey', 'import', 'export')

const base64url = z.string().regex(/^[\w-]+={0,2}$/, 'expected base64url')

export const keyBundle = z.object({
  key: z.object({
    kid: versionId,
    kty: wordOf('EC', 'EC-HSM', 'RSA', 'RSA-HSM', 'oct', 'oct-HSM'),
    key_ops: z.array(keyOperation),
    n: base64url.nullish(),
    e: base64url.nullish()
  }),
  attributes,
  tags
})

/** Their names are all that is read of them. */
export const keys = page(z.object({ kid: keyId }))

export const keyVersions = page(z.object({ kid: versionId, attributes, tags }))

/** A key that nobody gave a policy has Azure's own, so that there always is one. */
export const rotationPolicy = z.object({
  id: text,
  lifetimeActions: z
    .array(
      z.object({
        trigger: z
          .object({ timeAfterCreate: optionalText, timeBeforeExpiry: optionalText })
          .nullish()
          .transform((trigger) => trigger ?? {}),
        action: z.object({ type: wordOf('Rotate', 'Notify') })
      })
    )
    .nullish()
    .transform((actions) => actions ?? []),
  attributes: z
    .object({ expiryTime: optionalText })
    .nullish()
    .transform((attributes) => attributes ?? {})
})

export const keyBackup = z.object({ value: base64url })
