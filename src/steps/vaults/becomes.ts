import type { Adoption } from '../../domain/backups/adoption.ts'
import { partyName } from '../../domain/people/parties.ts'
import { countOf, listOf } from '../../domain/terms/words.ts'
import { workloads } from '../../domain/terms/workloads.ts'
import type { TenantPeople } from '../../records/tenant-people.ts'
import type { VaultRules } from '../../records/vault-rules.ts'

/** What holds of a vault from its adoption on, in plain words: whoever confirms it reads them first. */
export function becomesInWords(
  { administrators }: Pick<Adoption, 'administrators'>,
  rules: VaultRules,
  { keys, people }: { readonly keys: readonly string[]; readonly people: TenantPeople | undefined }
): string[] {
  const { vault, workload, authorization, known } = rules
  return [
    `the identity of slot ${vault.slot} backs up ${keys.length === 0 ? 'its keys' : `its ${countOf(keys.length, 'key')} (${listOf([...keys])})`} and each later version, and looks at the vault with every sweep`,
    `only ${workloads[workload].displayName} may wrap with its keys; ${authorization === 'rbac' ? 'Azure roles guard' : 'its access policy guards'} them`,
    administrators
      ? `its administrators are ${listOf(administrators.map(partyName))}; anybody else with rights on it is a finding`
      : known
        ? `nobody is named as its administrator: ${countOf(known.length, 'object')} in its access policy today may stay, and whoever comes later is a finding`
        : 'nobody is named as its administrator: who has Azure roles on it is not told from a stranger',
    ...(people?.slots ?? []).map(
      ({ slot, operators }) =>
        `for slot ${slot} of this tenant stand ${listOf(operators.map(({ party }) => partyName(party)))}, until an onboarding says otherwise`
    )
  ]
}
