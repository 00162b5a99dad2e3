import { z } from 'zod'
import { quoted } from './fault.ts'

/** Its SKUs are Standard_B1 and Custom_B32: https://learn.microsoft.com/azure/templates/microsoft.keyvault/managedhsms */
const managedHsm = {
  asked: /hsm|^(standard|custom)[ _-]?b\d+$/i,
  says:
    'asks for Managed HSM, which this app does not set up: its keys, roles and backups are others, and Microsoft has an article of its own ' +
    'for it (https://learn.microsoft.com/purview/customer-key-managedhsm). The keys of a Premium vault lie in an HSM too.'
} as const

/**
 * What a request chooses for all its vaults, keys and mails: this list alone. The fields of request, plan and API, their
 * types and their defaults are made of it. The first word is what Microsoft's article has, and holds where none is given.
 * Each choice is final once something is made, and stands in the plan.
 */
const allChoices = {
  /** Bits of each RSA key (R41). */
  keySize: { words: [2048, 3072, 4096], wants: 'a key size' },
  /** `test`: vaults may be Standard and keys software keys (R28). Everything about it is marked, never silently. */
  purpose: { words: ['production', 'test'], wants: 'a purpose' },
  /** Of the vaults; `standard` for a test alone. Its keys are software keys: a Standard vault has no HSM. */
  sku: { words: ['premium', 'standard'], wants: 'a SKU of key vaults', not: managedHsm },
  /** Who makes the keys: the app in the vault, or a person outside, who imports each (R40). */
  keys: { words: ['created', 'imported'], wants: 'a way keys come to be', not: managedHsm },
  /** What says who may do what with the keys of a vault: its own access policies, as in the article, or Azure RBAC (R33–R36). */
  authorization: { words: ['access-policies', 'rbac'], wants: 'a way vaults are guarded' },
  /** Who sends the mails to Microsoft: the app, or a person from their own mailbox (R22). */
  mail: { words: ['app', 'person'], wants: 'a sender of the mails to Microsoft' }
} as const satisfies Readonly<Record<string, Choice>>

interface Choice {
  readonly words: readonly [string | number, ...(string | number)[]]
  /** Ends the sentence "… is not". */
  readonly wants: string
  /** What people ask for that is something else, and what it is. */
  readonly not?: { readonly asked: RegExp; readonly says: string }
}

type All = typeof allChoices

export type Choices = { readonly [Name in keyof All]: All[Name]['words'][number] }

export type Purpose = Choices['purpose']

/** A schema of each choice by its name, for every document that has them. */
export const choiceFields = Object.fromEntries(
  Object.entries(allChoices).map(([name, choice]) => [name, oneOf(choice)])
) as { readonly [Name in keyof All]: z.ZodLiteral<Choices[Name]> } // one of each of `allChoices`

/** What a request leaves out is as Microsoft's article has it. */
export const choicesOf = (asked: RequestedChoices): Choices =>
  Object.fromEntries(
    Object.entries(allChoices).map(([name, { words }]) => [name, asked[name as keyof All] ?? words[0]])
  ) as Choices // one of each of `allChoices`

type RequestedChoices = { readonly [Name in keyof Choices]?: Choices[Name] | undefined }

function oneOf({ words, wants, not }: Choice) {
  const others = words.slice(0, -1).join(', ')
  const why = (input: unknown): string => (not?.asked.test(String(input)) === true ? not.says : `is not ${wants}.`)
  return z.literal([...words], {
    error: ({ input }) => `${quoted(input)} ${why(input)} Use ${others} or ${String(words.at(-1))}.`
  })
}

/** What pages, commands and documents carry on top; undefined: nothing. `banner`: of the deployment, e.g. `REHEARSAL`. */
export const markOf = (banner: string | undefined, purpose: Purpose): string | undefined =>
  purpose === 'production' ? banner : [...(banner === undefined ? [] : [banner]), testMark].join(' · ')

export const testMark = 'TEST, not for production'
