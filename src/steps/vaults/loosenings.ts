import type { Azure, SlotAzure } from '../../azure/connect.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import type { Reading } from '../../domain/terms/reading.ts'
import { listOf } from '../../domain/terms/words.ts'
import type { VaultRules } from '../../records/vault-rules.ts'
import { keyBroken, keysBroken, rulesBroken } from './rules-broken.ts'

interface LookedAt {
  readonly own: SlotAzure
  readonly seen: Reading<Vault>
  readonly keys: Reading<readonly string[]>
  readonly now: string
}

/**
 * What would be looser than what was handed off before, in words: each finding that a sweep has by the rules so far, since new
 * rules end it, and each rule that asks less. Nothing of a vault that had none.
 */
export async function looseningsOf(
  azure: Azure,
  { before, after }: { readonly before: VaultRules | undefined; readonly after: VaultRules },
  { own, seen, keys, now }: LookedAt
): Promise<readonly string[]> {
  if (before === undefined) return []
  const findings = [
    ...(await rulesBroken(azure, before, { seen, now })),
    ...keysBroken(before, keys, now),
    ...(await Promise.all(keys.value.map((keyName) => keyBroken(own, before, { keyName, now })))).flat()
  ]
  return [...findings.map(inWords), ...rulesLoosened(before, after)].toSorted()
}

const inWords = ({ code, observed, expected }: Finding): string =>
  `${code} would end: ${observed}, where so far it is to be ${expected}`

function rulesLoosened(before: VaultRules, after: VaultRules): string[] {
  const { administrators: named } = before
  const added = named && after.administrators?.filter((each) => !named.includes(each))
  return [
    ...(named && !after.administrators ? [`administrators would be named no more; so far ${listOf([...named])}`] : []),
    ...(added && added.length > 0 ? [`${listOf(added)} would be among its administrators`] : []),
    ...changed('the service that may wrap with its keys', before.workload, after.workload),
    ...changed('what guards its keys', before.authorization, after.authorization),
    ...changed('the identity that looks after it', before.slotIdentity, after.slotIdentity),
    ...changed('the tenant', before.tenantId, after.tenantId),
    ...(after.adopted && !before.adopted
      ? ['it would be looked after as a vault of others, which may hold any keys']
      : [])
  ]
}

const changed = (what: string, before: string, after: string): string[] =>
  before === after ? [] : [`${what} would be ${after}, so far ${before}`]
