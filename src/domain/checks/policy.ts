import { never, type Check } from './checks.ts'
import { listOf } from '../terms/words.ts'
import { shortRegion } from '../terms/short-region.ts'

/** One rule of Azure Policy that is enforced on a subscription. */
export interface PolicySeen {
  readonly assignmentId: string
  readonly assignment: string
  /** Lower case; a GUID for Azure's own. */
  readonly definition: string
  readonly title: string
  /** Lower case, e.g. `deny`. */
  readonly effect: string
  /** Lower-case JSON; empty where only the name is known. */
  readonly rule: string
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface PoliciesSeen {
  readonly subscriptionId: string
  /** Regions in which the plan makes vaults and resource groups there. */
  readonly regions: readonly string[]
  readonly policies: readonly PolicySeen[]
}

/** Azure Policy must neither refuse what the plan makes nor ask for what Customer Key forbids. Found before anything is made. */
export const policyChecks: readonly Check<PoliciesSeen>[] = [
  {
    code: 'policy-key-expiry',
    requirement: 'R42',
    expected: 'no Azure Policy wants keys to expire',
    holds: (seen) => wantExpiry(seen).length === 0,
    describe: (seen) => described(wantExpiry(seen)),
    remedy: (seen) =>
      `Customer Key forbids expiration dates. ${exempted(seen, wantExpiry(seen))} ` +
      'Where it only audits, override with who will leave the finding of the audit alone.',
    overridable: (seen) => wantExpiry(seen).every(({ effect }) => effect === 'audit')
  },
  {
    code: 'policy-locations',
    requirement: 'R31',
    expected: 'Azure Policy allows the regions of the plan',
    holds: (seen) => forbidRegions(seen).length === 0,
    describe: (seen) => described(forbidRegions(seen)),
    remedy: (seen) =>
      `The plan needs ${listOf(seen.regions)}. ${exempted(seen, forbidRegions(seen))} Or start anew with other regions.`,
    overridable: never
  },
  {
    code: 'policy-sku',
    requirement: 'R28',
    expected: 'no Azure Policy refuses SKUs of vaults',
    holds: (seen) => ruleSkus(seen).length === 0,
    describe: (seen) => described(ruleSkus(seen)),
    remedy: (seen) =>
      `${exempted(seen, ruleSkus(seen))} If it allows the SKU of the plan, override with where that is written.`,
    overridable: () => true
  },
  {
    code: 'policy-other',
    requirement: 'R27',
    expected: 'no Azure Policy refuses key vaults for a reason the app cannot judge',
    holds: (seen) => mayRefuse(seen).length === 0,
    describe: (seen) => described(mayRefuse(seen)),
    remedy: (seen) =>
      `Read what it refuses. ${exempted(seen, mayRefuse(seen))} If it lets the plan's vaults and keys pass, override with why.`,
    overridable: () => true
  }
]

/** Azure's own definitions: https://learn.microsoft.com/azure/key-vault/general/azure-policy */
const expiryDefinitions = [
  '152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0', // keys should have an expiration date
  '49a22571-d204-4c91-a7b6-09b1a586fbc9', // a maximum validity period
  'c26e4b24-cf98-4c67-b48b-5a25c4c69eb9' // a maximum age
]

const locationDefinitions = [
  'e56962a6-4747-49cd-b67b-bf8b01975c4c', // allowed locations
  'e765b5de-1225-4ba3-bd56-1ac6695af988' // of resource groups
]

/** They ask for what the plan does anyway: purge protection, soft delete, keys in an HSM. */
const agreeing = [
  '0b60c0b2-2dc2-4e1c-b5c9-abbed971de53',
  '1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d',
  '587c79fe-dd04-4a5e-9d0b-f89598c7261b'
]

const wantExpiry = ({ policies }: PoliciesSeen): PolicySeen[] =>
  policies.filter(({ definition, effect }) => expiryDefinitions.includes(definition) && effect !== 'disabled')

const forbidRegions = ({ policies, regions }: PoliciesSeen): PolicySeen[] =>
  refusing(policies).filter(
    ({ definition, parameters }) =>
      locationDefinitions.includes(definition) && !regions.every((region) => allowedIn(parameters).includes(region))
  )

function allowedIn(parameters: PolicySeen['parameters']): string[] {
  const value = Object.entries(parameters).find(([name]) => name.toLowerCase() === 'listofallowedlocations')?.[1]
  return Array.isArray(value) ? value.map((region) => shortRegion(String(region))) : []
}

const ruleSkus = ({ policies }: PoliciesSeen): PolicySeen[] =>
  refusing(policies).filter(
    ({ definition, rule }) => isOpen(definition) && rule.includes('microsoft.keyvault/vaults/sku')
  )

const mayRefuse = ({ policies }: PoliciesSeen): PolicySeen[] =>
  refusing(policies).filter(
    ({ definition, rule }) =>
      isOpen(definition) && rule.includes('microsoft.keyvault') && !rule.includes('microsoft.keyvault/vaults/sku')
  )

/** An effect that cannot be told may be a refusal (DESIGN rule 8). */
const refusing = (policies: readonly PolicySeen[]): PolicySeen[] =>
  policies.filter(({ effect }) => effect === 'deny' || effect === '')

const isOpen = (definition: string): boolean =>
  ![...expiryDefinitions, ...locationDefinitions, ...agreeing].includes(definition)

const described = (policies: readonly PolicySeen[]): string =>
  policies
    .slice(0, 3)
    .map(({ assignment, title, effect }) => `"${title}" (${effect || 'effect unknown'}) by assignment "${assignment}"`)
    .join('; ') || 'none'

const exempted = ({ subscriptionId }: PoliciesSeen, [first]: readonly PolicySeen[]): string =>
  `Ask for an exemption: az policy exemption create --name customer-key --scope /subscriptions/${subscriptionId} ` +
  `--exemption-category Waiver --policy-assignment ${first?.assignmentId ?? ''}, then retry.`
