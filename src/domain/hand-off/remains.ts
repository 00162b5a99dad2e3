import { listed, type BySlot } from '../terms/by-slot.ts'
import type { Plan, VaultPlan } from '../plan/plan.ts'
import { countOf } from '../terms/words.ts'

/** What was seen in Azure when an onboarding was cancelled. */
export interface RemainsLook {
  readonly plan: Plan
  /** Registration states. */
  readonly states: BySlot<string>
  /** Resource groups that exist. */
  readonly groups: readonly { readonly subscriptionId: string; readonly resourceGroup: string }[]
  /** Vaults that exist; those of other owners are left out. */
  readonly vaults: readonly (VaultPlan & { readonly hasKey: boolean })[]
  /** Mailboxes at Microsoft that were written to. */
  readonly mailed: readonly string[]
}

/** One thing that stays, and what a person may do about it. The app itself removes nothing. */
export interface Remain {
  readonly what: string
  readonly byHand: string
}

/** All that an onboarding leaves behind when it is cancelled. */
export const remainsOf = (seen: RemainsLook): Remain[] => [
  ...seen.plan.slots.flatMap(({ slot, subscriptionId }) => registration(subscriptionId, seen.states[slot])),
  ...seen.mailed.map((to) => ({
    what: `A mail to ${to}`,
    byHand: `Tell ${to} that the request is withdrawn, and close its FastTrack request.`
  })),
  ...seen.vaults.map((vault) => ({
    what: `Vault ${vault.vaultName}${vault.hasKey ? ` with key ${vault.keyName}` : ''} in subscription ${vault.subscriptionId}`,
    byHand:
      'If no data encryption policy uses it, run ' +
      `az keyvault delete --name ${vault.vaultName} --subscription ${vault.subscriptionId}; it and its name are held for 90 days.`
  })),
  ...seen.groups.map(({ subscriptionId, resourceGroup }) => ({
    what: `Resource group ${resourceGroup} in subscription ${subscriptionId}`,
    byHand: `Once it is empty, run az group delete --name ${resourceGroup} --subscription ${subscriptionId}.`
  }))
]

/** One line for a list of steps. */
export function remainsLine({ vaults, states, groups }: RemainsLook): string {
  const asked = listed(states).filter(isAsked).length
  return (
    `stays in Azure: ${countOf(vaults.length, 'vault')}, ${countOf(vaults.filter(({ hasKey }) => hasKey).length, 'key')}, ` +
    `${countOf(groups.length, 'resource group')}, ${countOf(asked, 'registration')}`
  )
}

/** The report as Markdown for people. */
export const remainsMarkdown = (plan: Plan, remains: readonly Remain[], at: string): string =>
  [
    `# Cancelled: Customer Key for ${plan.organization.domain}`,
    '',
    `Onboarding ${plan.id}, plan ${plan.digest}, ended ${at}. This app removes nothing; what follows stays until people remove it.`,
    'Keys and vaults that a data encryption policy uses must never be removed.',
    '',
    ...(remains.length === 0 ? ['Nothing was made.'] : remains.map(({ what, byHand }) => `- ${what}. ${byHand}`)),
    '',
    'The app keeps its records and evidence, and the backups of every key it made, as long as their store does.',
    ''
  ].join('\n')

const registration = (subscriptionId: string, state: string): Remain[] =>
  isAsked(state)
    ? [
        {
          what: `Mandatory retention of subscription ${subscriptionId} (${state})`,
          byHand:
            'It stays: a subscription that has keys in use must never lose it. Ask Microsoft before you take it back.'
        }
      ]
    : []

const isAsked = (state: string): boolean => ['Pending', 'Registering', 'Registered'].includes(state)
