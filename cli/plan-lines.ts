import type { PlanAnswer } from '../src/domain/views/documents.ts'
import { agreedLines } from '../src/domain/plan/agreed-lines.ts'
import { testMark } from '../src/domain/terms/choices.ts'
import { partyName } from '../src/domain/people/parties.ts'
import { countOf } from '../src/domain/terms/words.ts'

/** A plan as people read one: what is created, by slot and policy, and what cannot be undone. */
export function planLines({ plan }: Pick<PlanAnswer, 'plan'>): string[] {
  return [
    ...(plan.purpose === 'test' ? [testMark] : []),
    `Customer Key for ${plan.organization.domain} (tenant ${plan.organization.tenantId}), onboarding ${plan.id}`,
    '',
    ...plan.slots.map(
      ({ slot, subscriptionId, region, operators }) =>
        `  slot ${String(slot)}  ${subscriptionId}  ${region}  operators ${operators.map(partyName).join(', ')}`
    ),
    '',
    'Will be created:',
    ...plan.policies.flatMap(({ id, vaults }) => [
      `  ${id}`,
      ...vaults.map(
        (vault) =>
          `    + slot ${String(vault.slot)}  vault ${vault.vaultName}  key ${vault.keyName}  (${vault.region}, ${vault.resourceGroup}, ${plan.sku})`
      )
    ]),
    '',
    `Cannot be undone later (${countOf(plan.irreversible.length, 'choice')}):`,
    ...plan.irreversible.map((choice) => `  ! ${choice}`),
    '',
    'Agreed with it:',
    ...agreedLines(plan).map((line) => `  · ${line}`),
    '',
    'Know before you approve:',
    ...plan.notices.map(({ id, title }) => `  · ${title}  ${id}`),
    ''
  ]
}
