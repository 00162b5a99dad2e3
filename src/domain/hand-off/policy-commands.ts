import { parseKeyId } from '../terms/key-uri.ts'
import type { PolicyPlan } from '../plan/plan.ts'
import type { VaultResult } from './vault-result.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

/** PowerShell to run, and what it is for. */
export interface Command {
  readonly purpose: string
  /** One command per line, filled in but for what stands in angle brackets. */
  readonly lines: readonly string[]
}

/**
 * The commands that create and assign the data encryption policy of a vault pair (R47).
 * Source: https://learn.microsoft.com/purview/customer-key-manage and the help of each cmdlet.
 */
export const policyCommands = (policy: PolicyPlan, first: VaultResult, second: VaultResult): Command[] =>
  commandsOf[policy.workload]({ name: policyName(policy), adminUrl: policy.adminUrl, first, second })

/**
 * Microsoft's own check of two keys, which changes nothing. SharePoint is not served by it.
 * Source: https://www.powershellgallery.com/packages/M365CustomerKeyOnboarding
 */
export function validateCommand(tenantId: string, first: VaultResult, second: VaultResult): Command | undefined {
  const { scenario } = workloads[first.workload]
  if (scenario === undefined) return undefined
  return {
    purpose: 'Have Microsoft validate the pair; it changes nothing (module M365CustomerKeyOnboarding)',
    lines: [
      [
        `New-CustomerKeyOnboardingRequest -OrganizationId ${tenantId} -Scenario ${scenario}`,
        `-Subscription1 ${first.subscriptionId} -KeyIdentifier1 ${first.keyIdVersionless}`,
        `-Subscription2 ${second.subscriptionId} -KeyIdentifier2 ${second.keyIdVersionless}`,
        '-OnboardingMode Validate'
      ].join(' ')
    ]
  }
}

/** No spaces: Microsoft's documents forbid them in names of policies. */
const policyName = ({ workload, scope }: PolicyPlan): string =>
  ['CustomerKey', workloads[workload].code, ...(scope === undefined ? [] : [scope])].join('-')

interface PairOfKeys {
  readonly name: string
  readonly adminUrl: string | undefined
  readonly first: VaultResult
  readonly second: VaultResult
}

type Commands = (pair: PairOfKeys) => Command[]

const keyIds = (first: VaultResult, second: VaultResult): string =>
  `${first.keyIdVersionless},${second.keyIdVersionless}`

const multiWorkload: Commands = ({ name, first, second }) => [
  {
    purpose: 'Create the policy and assign it to all users (Exchange Online PowerShell)',
    lines: [
      `New-M365DataAtRestEncryptionPolicy -Name ${name} -AzureKeyIDs ${keyIds(first, second)}`,
      `Set-M365DataAtRestEncryptionPolicyAssignment -DataEncryptionPolicy ${name}`
    ]
  },
  {
    purpose: 'See that it holds',
    lines: [
      `Get-M365DataAtRestEncryptionPolicy -Identity ${name}`,
      `Test-M365DataAtRestEncryptionPolicy -Identity ${name}`,
      'Get-M365DataAtRestEncryptionPolicyAssignment'
    ]
  }
]

const exchange: Commands = ({ name, first, second }) => [
  {
    purpose: 'Create the policy and assign it to mailboxes, one policy each (Exchange Online PowerShell)',
    lines: [
      `New-DataEncryptionPolicy -Name ${name} -AzureKeyIDs ${keyIds(first, second)}`,
      `Set-Mailbox -Identity <mailbox> -DataEncryptionPolicy ${name}`
    ]
  },
  {
    purpose: 'The same for a mail user of a hybrid organization, before the mailbox is moved to Exchange Online',
    lines: [`Set-MailUser -Identity <mail user> -DataEncryptionPolicy ${name}`]
  },
  {
    purpose: 'See that a mailbox is encrypted, 72 hours later at the earliest',
    lines: ['Get-MailboxStatistics -Identity <mailbox> | fl IsEncrypted,DataEncryptionPolicyID']
  }
]

const sharepoint: Commands = ({ adminUrl, first, second }) => [
  {
    purpose:
      'Register the policy of this geo; there is no way back, and Microsoft’s validation of a pair does not serve SharePoint, so ' +
      'read the pair’s checks above once more (SharePoint Online PowerShell)',
    lines: [
      ...(adminUrl === undefined ? [] : [`Connect-SPOService -Url ${adminUrl}`]),
      `Register-SPODataEncryptionPolicy ${keyOf('Primary', first)} ${keyOf('Secondary', second)}`
    ]
  },
  { purpose: 'Follow the registration until it shows Registered', lines: ['Get-SPODataEncryptionPolicy'] }
]

/** SharePoint alone wants the key taken apart, with its version. */
function keyOf(role: 'Primary' | 'Secondary', { vaultName, keyId }: VaultResult): string {
  const { name, version = '' } = parseKeyId(keyId)
  return `-${role}KeyVaultName ${vaultName} -${role}KeyName ${name} -${role}KeyVersion ${version}`
}

const commandsOf: Readonly<Record<Workload, Commands>> = { 'multi-workload': multiWorkload, exchange, sharepoint }
