import type { Plan } from '../plan/plan.ts'
import type { Slot } from '../terms/evidence.ts'

/** Which chain, and which generation of orchestration instances: whose work an activity does. */
export interface Author {
  readonly chain: string
  readonly generation: number
}

/** The chain of an onboarding: what is said to it, and what it does itself. */
export const onboardingChain = (onboarding: string): string => `onboarding.${onboarding}`.toLowerCase()

/** The chain of one vault's set-up, beside the onboarding's: a hundred of them do not queue for one number. */
export const branchChain = (onboarding: string, { policy, slot }: BranchKey): string =>
  `branch.${onboarding}.${policyKey(policy)}.${String(slot)}`.toLowerCase()

/** What the names of the chains of all its branches begin with. */
export const branchChains = (onboarding: string): string => `branch.${onboarding}.`.toLowerCase()

/** A policy's id as names of chains and instances have it: `exchange/NA` → `exchange-na`. */
export const policyKey = (policy: string): string => policy.replaceAll('/', '-').toLowerCase()

export interface BranchKey {
  /** Id of the policy. */
  readonly policy: string
  readonly slot: Slot
}

/** What a chain's name says: an onboarding, and the branch of it. */
export function chainParts(chain: string): { readonly onboarding: string; readonly branch?: BranchKey } | undefined {
  const [kind, onboarding = '', policy = '', slot = ''] = chain.split('.')
  if (kind === 'onboarding') return { onboarding }
  if (kind !== 'branch' || (slot !== '1' && slot !== '2')) return undefined
  return { onboarding, branch: { policy, slot: slot === '1' ? 1 : 2 } }
}

/** Who has claimed a tenant: the newest claim counts, until its onboarding is closed. */
export const claimChain = (tenantId: string): string => `${claimChains}${tenantId}`.toLowerCase()

/** What the names of the chains of claims begin with. */
export const claimChains = 'claims/'

/** Whose claims a chain has; undefined for one of a single key. */
export const tenantOfClaims = (chain: string): string | undefined => /^claims\/([^/]+)$/.exec(chain)?.[1]

/** The chains of all branches that a plan has, in its order. */
export const branchChainsOf = ({ id, policies }: Pick<Plan, 'id' | 'policies'>): string[] =>
  policies.flatMap((policy) => policy.vaults.map(({ slot }) => branchChain(id, { policy: policy.id, slot })))
