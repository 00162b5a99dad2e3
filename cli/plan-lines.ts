import type { PlanAnswer } from '../src/domain/views/documents.ts'
import { agreedLines, requestLines } from '../src/domain/plan/agreed-lines.ts'
import { testMark } from '../src/domain/terms/choices.ts'
import { partyName } from '../src/domain/people/parties.ts'
import { countOf } from '../src/domain/terms/words.ts'

/**
 * A plan as people read one: what is created, by slot and policy, and what cannot be undone. Offline nothing is said of what the
 * deployment fixes.
 */
export function planLines({ plan }: Pick<PlanAnswer, 'plan'>, isOffline = false): string[] {
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
    ...(isOffline ? [...requestLines(plan), notKnown] : agreedLines(plan)).map((line) => `  · ${line}`),
    '',
    'Know before you approve:',
    ...plan.notices.map(({ id, title }) => `  · ${title}  ${id}`),
    ''
  ]
}

const notKnown =
  'Business days, receivers of mails and how long backups are held: as the app is set, which is not known here'
