import type { Stalled } from '../state/azure-wait.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'

/** What of Azure is waited for, and what people do when it does not come. */
export interface WaitedFor {
  /** Reads after "waiting for". */
  readonly what: string
  readonly cure: string
}

export const providersRegistered: WaitedFor = {
  what: 'the resource providers of both subscriptions to be registered',
  cure:
    'Look at the state of each that is named above (az provider show --namespace NAMESPACE --subscription SUB --query ' +
    'registrationState) and register it by hand (az provider register). Where that does not end either, ask Azure’s ' +
    'support. Then retry.'
}

export const vaultReady = (vaultName: string): WaitedFor => ({
  what: `vault ${vaultName} to be ready`,
  cure:
    `Look at it (az keyvault show --name ${vaultName} --query properties.provisioningState). Where it stays as it is, ask ` +
    'Azure’s support: nothing here deletes a vault. Retry once it shows Succeeded.'
})

/** What Azure says of it still. */
export const inVain = ({ said, since }: Stalled): string => `${said}, looked at again and again since ${since}`

/** Something at Azure that does not end. Its finding has the requirement of the step that waits. */
export const stalledCheck: Check<Stalled | undefined, WaitedFor> = {
  code: 'azure-stalled',
  requirement: 'R27',
  on: 'step',
  expected: ({ what }) => what,
  holds: (observed) => observed === undefined,
  describe: (observed) => (observed === undefined ? 'it is there' : inVain(observed)),
  overridable: false,
  means:
    'Azure took what it was asked for and has not ended it in an hour, where minutes are usual: a provider that stays Registering, ' +
    'a vault that stays RegisteringDns. The app looked again ever more seldom, and now waits for a person.',
  look: [
    'az provider list --subscription SUB --query "[?registrationState==\'Registering\'].namespace"',
    'az keyvault show --name VAULT --query properties.provisioningState',
    'az monitor activity-log list --subscription SUB --offset 1d --query "[].{when:eventTimestamp, what:operationName.value, how:status.value}"'
  ],
  cure: (_, { cure }) => cure,
  afterwards: `${retried} It then waits for an hour again. Nothing that was made is made twice.`,
  broken: [
    {
      where: 'a resource provider is waited for',
      observed: { what: '', since: 'SINCE', said: 'Microsoft.KeyVault is Registering in slot 1' },
      expected: providersRegistered
    },
    {
      where: 'a vault is waited for',
      observed: { what: '', since: 'SINCE', said: 'the vault is RegisteringDns' },
      expected: vaultReady('VAULT')
    }
  ]
}
