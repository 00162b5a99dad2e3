import { z } from 'zod'
import { quoted } from './fault.ts'
import { otherCloudOf, otherCloudOfRegion, whyNotCloud } from './clouds.ts'
import { lineOfText } from './line-of-text.ts'
import { workloadNames, type Workload } from './workloads.ts'

export const moment = z.string().meta({ description: 'ISO 8601, UTC', format: 'date-time' })

export const sha256 = z.string().meta({ description: 'SHA-256, hexadecimal' })

export const zone = z.string().meta({ description: 'IANA zone in which business days are counted' })

export const requirement = z
  .templateLiteral(['R', z.number()])
  .meta({ description: 'R1 to R47: a requirement of Microsoft’s article' })

/** A text of one pattern. `wants` ends the sentence "… is not". */
const patterned = (pattern: RegExp, wants: string) =>
  z.string().regex(pattern, { error: ({ input }) => `${quoted(input)} is not ${wants}. Correct it.` })

export const requestId = patterned(
  /^[a-z0-9][a-z0-9-]{0,39}$/,
  'an id: 1 to 40 lower-case letters, digits and hyphens, no hyphen first'
)

export const guid = patterned(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'a GUID like 8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02'
).toLowerCase()

/** Of the one cloud that this app knows: a value of another one is refused with the reason. */
const publicOnly = <Schema extends z.ZodType<string>>(schema: Schema, cloudOf: (value: string) => string | undefined) =>
  schema.refine((value) => cloudOf(value) === undefined, {
    error: ({ input }) =>
      `${quoted(input)} belongs to another cloud: it ${whyNotCloud(cloudOf(String(input)) ?? '') ?? ''}. ${byHand}`
  })

const byHand = 'Set Customer Key up there by hand, as Microsoft’s article says.'

export const domainName = publicOnly(
  patterned(
    /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i,
    'a domain name like contoso.onmicrosoft.com'
  ).toLowerCase(),
  otherCloudOf
)

/**
 * Characters that Entra allows in a user principal name, `#` being that of guests: at most 64 before the `@`, 48 behind it.
 * https://learn.microsoft.com/microsoft-365/enterprise/prepare-for-directory-synchronization
 */
const principalName = "[a-z0-9'._!#^~+-]{1,64}@(?=[^@]{4,48}$)([a-z0-9-]{1,45}\\.)+[a-z0-9-]{2,45}"

export const person = patterned(
  new RegExp(`^${principalName}$`, 'i'),
  'a user principal name like alice@contoso.com'
).toLowerCase()

/** A person by user principal name or address, or a person or a group by object id. */
export const party = patterned(
  new RegExp(`^(${principalName}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$`, 'i'),
  'a user principal name or an address like alice@contoso.com, nor the object id of a person or a group'
).toLowerCase()

export const region = publicOnly(
  patterned(/^[a-z][a-z0-9]{2,40}$/i, 'a region in Azure’s short form, like westus2').toLowerCase(),
  otherCloudOfRegion
)

export const slot = z.literal([1, 2], { error: ({ input }) => `${quoted(input)} is not a slot. Use 1 or 2.` })

/** Vault names follow from it, hence letters, digits and hyphens only. */
export const namePrefix = patterned(
  /^[A-Za-z][A-Za-z0-9-]*$/,
  'a name prefix: letters, digits and hyphens, a letter first'
)

/** At most eight characters: with more, no prefix would fit before it in a vault name. */
export const scope = patterned(/^[A-Za-z0-9]{1,8}$/, 'a scope: 1 to 8 letters and digits, like NA')

export const workload = z.literal(workloadNames as [Workload, ...Workload[]], {
  error: ({ input }) => `${quoted(input)} is not a workload. Use ${workloadNames.join(', ')}.`
})

/** Where the SharePoint admin centre of a geography is. */
export const adminUrl = publicOnly(
  patterned(
    /^https:\/\/[a-z0-9-]{1,63}-admin\.sharepoint(\.(com|us|cn|de)|-mil\.us)$/i,
    'the address of a SharePoint admin centre like https://contoso-admin.sharepoint.com'
  ).toLowerCase(),
  otherCloudOf
)

/** Of the organisation's own change management. */
export const changeTicket = lineOfText(100, 'a change ticket: one line of 1 to 100 characters')

/**
 * A mailbox as mail over the internet has it without extensions: a dot-atom before the `@`, a domain name behind it
 * (RFC 5321, 4.1.2 and 4.5.3.1).
 */
export const address = z
  .string()
  .trim()
  .max(254, { error: 'The address is longer than 254 characters. Correct it.' })
  .regex(
    /^(?=[^@]{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i,
    { error: ({ input }) => `${quoted(input)} is not an e-mail address. Correct it.` }
  )

/**
 * More than any sound request needs. The schema library does not look inside a list that is longer, which is what
 * keeps a hostile body cheap; true limits below it are rules, so that a list somewhat too long still shows all faults.
 */
export const longestList = 500

export const listTooLong = ({ input }: { readonly input?: unknown }): string =>
  `The list has ${lengthOf(input)} entries, far more than any onboarding needs. Shorten it.`

export const parties = z
  .array(party)
  .min(1, { error: 'The list is empty. Name at least one person or group.' })
  .max(50, { error: ({ input }) => `The list has ${lengthOf(input)} people. Name at most 50.` })

/** Where people read their mail, by the name that a list of people has for them. */
export const addresses = z.record(party, address)

/** Object ids of accounts for emergencies (“break glass”), which may administer everything. */
export const emergencyAccounts = z
  .array(guid)
  .min(1, { error: 'The list is empty. Name at least one object id, or leave it out.' })
  .max(10, { error: ({ input }) => `The list has ${lengthOf(input)} accounts for emergencies. Name at most 10.` })

export const regions = pairOf(region, 'regions')

export const vaultNames = pairOf(z.string(), 'vault names')

const lengthOf = (input: unknown): number => (Array.isArray(input) ? input.length : 0)

function pairOf<Item extends z.ZodType>(item: Item, things: string) {
  return z.tuple([item, item], {
    error: ({ code, input }) =>
      code === 'invalid_type'
        ? undefined
        : `There are ${lengthOf(input)} ${things} here. Give two: the first for slot 1, the second for slot 2.`
  })
}
