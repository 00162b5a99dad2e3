import type { AssignedPolicy } from '../resources/assigned-policy.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { listOf } from '../terms/words.ts'
import { shortRegion } from '../terms/short-region.ts'

export interface PoliciesObserved {
  readonly policies: readonly AssignedPolicy[]
}

export interface PoliciesExpected {
  readonly subscriptionId: string
  /** Regions in which the plan makes vaults and resource groups there. */
  readonly regions: readonly string[]
}

const look = [
  'az policy assignment list --subscription SUB --disable-scope-strict-match --query ' +
    '"[].{name:name, definition:policyDefinitionId, mode:enforcementMode}" --output table',
  'az policy definition show --name DEFINITION'
]
const broken = (change: Partial<AssignedPolicy>) => ({
  observed: {
    policies: [
      {
        assignmentId: 'ASSIGNMENT_ID',
        assignment: 'ASSIGNMENT',
        definition: 'DEFINITION',
        title: 'TITLE',
        effect: 'deny',
        rule: '',
        parameters: {},
        ...change
      }
    ]
  },
  expected: { subscriptionId: 'SUB', regions: ['REGION'] }
})

/** Azure Policy must neither refuse what the plan makes nor ask for what Customer Key forbids. Found before anything is made. */
export const policyChecks: readonly Check<PoliciesObserved, PoliciesExpected>[] = [
  {
    code: 'policy-key-expiry',
    requirement: 'R42',
    on: 'subscription',
    expected: () => 'no Azure Policy wants keys to expire',
    holds: ({ policies }) => wantExpiry(policies).length === 0,
    describe: ({ policies }) => described(wantExpiry(policies)),
    overridable: {
      only: 'Only where the policy audits and refuses nothing',
      when: ({ policies }) => wantExpiry(policies).every(({ effect }) => effect === 'audit')
    },
    means:
      'An Azure Policy wants keys to have an expiration date. Customer Key forbids one: an expired key makes the data unreadable.',
    look,
    cure: ({ policies }, expected) =>
      `Customer Key forbids expiration dates. ${exempted(expected, wantExpiry(policies))} ` +
      'Where it only audits, override with who will leave the finding of the audit alone.',
    afterwards: retried,
    broken: [broken({ definition: '152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0' })]
  },
  {
    code: 'policy-locations',
    requirement: 'R31',
    on: 'subscription',
    expected: () => 'Azure Policy allows the regions of the plan',
    holds: ({ policies }, expected) => forbidRegions(policies, expected).length === 0,
    describe: ({ policies }, expected) => described(forbidRegions(policies, expected)),
    overridable: false,
    means: 'An Azure Policy does not allow a region of the plan: making the vault would be refused half-way.',
    look,
    cure: ({ policies }, expected) =>
      `The plan needs ${listOf(expected.regions)}. ${exempted(expected, forbidRegions(policies, expected))} Or start anew with ` +
      'other regions.',
    afterwards: retried,
    broken: [broken({ definition: 'e56962a6-4747-49cd-b67b-bf8b01975c4c' })]
  },
  {
    code: 'policy-sku',
    requirement: 'R28',
    on: 'subscription',
    expected: () => 'no Azure Policy refuses SKUs of vaults',
    holds: ({ policies }) => ruleSkus(policies).length === 0,
    describe: ({ policies }) => described(ruleSkus(policies)),
    overridable: true,
    means:
      'An Azure Policy restricts the SKU of vaults. Customer Key needs Premium, because keys live in a hardware security module.',
    look,
    cure: ({ policies }, expected) =>
      `${exempted(expected, ruleSkus(policies))} If it allows the SKU of the plan, override with where that is written.`,
    afterwards: retried,
    broken: [broken({ rule: '{"field":"microsoft.keyvault/vaults/sku.name"}' })]
  },
  {
    code: 'policy-other',
    requirement: 'R27',
    on: 'subscription',
    expected: () => 'no Azure Policy refuses key vaults for a reason the app cannot judge',
    holds: ({ policies }) => mayRefuse(policies).length === 0,
    describe: ({ policies }) => described(mayRefuse(policies)),
    overridable: true,
    means:
      'An Azure Policy acts on key vaults in a way the app cannot judge. It may let the vaults of the plan pass, or refuse them.',
    look,
    cure: ({ policies }, expected) =>
      `Read what its definition refuses. ${exempted(expected, mayRefuse(policies))} If it lets the plan's vaults and keys pass, ` +
      'override with why.',
    afterwards: retried,
    broken: [broken({ rule: '{"equals":"microsoft.keyvault/vaults"}' })]
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

const wantExpiry = (policies: readonly AssignedPolicy[]): AssignedPolicy[] =>
  policies.filter((policy) => isOfExpiry(policy) && policy.effect !== 'disabled')

/** Azure's own, and whatever else looks at the expiration date of keys: people copy them under names of their own. */
const isOfExpiry = ({ definition, rule }: AssignedPolicy): boolean =>
  expiryDefinitions.includes(definition) || rule.includes('microsoft.keyvault.data/vaults/keys/attributes.expireson')

const forbidRegions = (policies: readonly AssignedPolicy[], { regions }: PoliciesExpected): AssignedPolicy[] =>
  refusing(policies).filter(
    ({ definition, parameters }) =>
      locationDefinitions.includes(definition) && !regions.every((region) => allowedIn(parameters).includes(region))
  )

function allowedIn(parameters: AssignedPolicy['parameters']): string[] {
  const value = Object.entries(parameters).find(([name]) => name.toLowerCase() === 'listofallowedlocations')?.[1]
  return Array.isArray(value) ? value.map((region) => shortRegion(String(region))) : []
}

const ruleSkus = (policies: readonly AssignedPolicy[]): AssignedPolicy[] =>
  refusing(policies).filter(
    ({ definition, rule }) => isOpen(definition) && rule.includes('microsoft.keyvault/vaults/sku')
  )

const mayRefuse = (policies: readonly AssignedPolicy[]): AssignedPolicy[] =>
  refusing(policies).filter(
    (policy) =>
      isOpen(policy.definition) &&
      !isOfExpiry(policy) &&
      policy.rule.includes('microsoft.keyvault') &&
      !policy.rule.includes('microsoft.keyvault/vaults/sku')
  )

/** An effect that cannot be told may be a refusal (DESIGN rule 8). */
const refusing = (policies: readonly AssignedPolicy[]): AssignedPolicy[] =>
  policies.filter(({ effect }) => effect === 'deny' || effect === '')

const isOpen = (definition: string): boolean =>
  ![...expiryDefinitions, ...locationDefinitions, ...agreeing].includes(definition)

const described = (policies: readonly AssignedPolicy[]): string =>
  policies
    .slice(0, 3)
    .map(({ assignment, title, effect }) => `"${title}" (${effect || 'effect unknown'}) by assignment "${assignment}"`)
    .join('; ') || 'none'

const exempted = ({ subscriptionId }: PoliciesExpected, [first]: readonly AssignedPolicy[]): string =>
  `Ask for an exemption: az policy exemption create --name customer-key --scope /subscriptions/${subscriptionId} ` +
  `--exemption-category Waiver --policy-assignment ${first?.assignmentId ?? ''}, then retry.`
