import type { EffectOverride } from '../domain/resources/assigned-policy.ts'
import { expiryDefinitions } from '../domain/checks/policy-rulings.ts'
import { isKnownHarmless } from './harmless-definitions.ts'
import { lastOf } from './policy-definitions.ts'

/** What is known of a definition's effect before it is read. */
export interface Effects {
  readonly id: string
  /** As it is pinned, e.g. `1.*.*`. */
  readonly version: string | undefined
  /** What is handed to its parameter of that name, lower case. */
  readonly told: string | undefined
  readonly overrides: readonly EffectOverride[]
}

/** Whether it may refuse or change anything of ours, or minds that keys never expire. */
export const mayBear = (known: Effects): boolean =>
  !isKnownHarmless(known.id, known.version) && (!isHarmless(known) || lastOf(known.id) in expiryDefinitions)

/** It only reports, or makes something beside: no need to read it. */
export const isHarmless = ({ told, overrides }: Effects): boolean =>
  told !== undefined && [told, ...overrides.map(({ effect }) => effect)].every((effect) => harmless.has(effect))

/** An effect that refuses or changes: https://learn.microsoft.com/azure/governance/policy/concepts/effect-basics */
export const isHard = (effect: string): boolean => ['deny', 'modify', 'append', 'denyaction', 'mutate'].includes(effect)

const harmless = new Set(['audit', 'auditifnotexists', 'deployifnotexists', 'disabled', 'manual'])
