import { parseKeyId } from '../terms/key-uri.ts'
import type { PolicyPlan } from '../plan/plan.ts'
import type { VaultResult } from './vault-result.ts'
import { quotedInPowerShell as quoted } from '../terms/powershell.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

/** PowerShell to run, and what it is for. */
export interface Command {
  readonly purpose: string
  /** To be pasted as they stand: whatever only a person knows is asked for, or set in a variable above. */
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
    purpose:
      'Have Microsoft validate the pair; it changes nothing (module M365CustomerKeyOnboarding, 1.1.0 or later)' +
      (scenario.isFromMemory
        ? `. The scenario ${scenario.name} is known here from memory alone: Get-Help New-CustomerKeyOnboardingRequest -Full says what your version takes`
        : ''),
    lines: [
      [
        `New-CustomerKeyOnboardingRequest -OrganizationId ${quoted(tenantId)} -Scenario ${quoted(scenario.name)}`,
        `-Subscription1 ${quoted(first.subscriptionId)} -KeyIdentifier1 ${quoted(first.keyIdVersionless)}`,
        `-Subscription2 ${quoted(second.subscriptionId)} -KeyIdentifier2 ${quoted(second.keyIdVersionless)}`,
        `-OnboardingMode ${quoted('Validate')}`
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

/** What every block of one policy begins with. */
const policyAndKeys = ({ name, first, second }: PairOfKeys): string[] => [
  policyIn(name),
  `$keys = ${quoted(first.keyIdVersionless)}, ${quoted(second.keyIdVersionless)}`
]

const policyIn = (name: string): string => `$policy = ${quoted(name)}`

const multiWorkload: Commands = (pair) => [
  {
    purpose: 'Create the policy and assign it to all users (Exchange Online PowerShell)',
    lines: [
      ...policyAndKeys(pair),
      'New-M365DataAtRestEncryptionPolicy -Name $policy -AzureKeyIDs $keys',
      'Set-M365DataAtRestEncryptionPolicyAssignment -DataEncryptionPolicy $policy'
    ]
  },
  {
    purpose: 'See that it holds',
    lines: [
      policyIn(pair.name),
      'Get-M365DataAtRestEncryptionPolicy -Identity $policy',
      'Test-M365DataAtRestEncryptionPolicy -Identity $policy',
      'Get-M365DataAtRestEncryptionPolicyAssignment'
    ]
  }
]

const exchange: Commands = (pair) => [
  {
    purpose: 'Create the policy and assign it to mailboxes, one policy each (Exchange Online PowerShell)',
    lines: [
      ...policyAndKeys(pair),
      'New-DataEncryptionPolicy -Name $policy -AzureKeyIDs $keys',
      `$mailbox = Read-Host -Prompt ${quoted('Mailbox to encrypt')}`,
      'Set-Mailbox -Identity $mailbox -DataEncryptionPolicy $policy'
    ]
  },
  {
    purpose: 'The same for a mail user of a hybrid organization, before the mailbox is moved to Exchange Online',
    lines: [
      policyIn(pair.name),
      `$user = Read-Host -Prompt ${quoted('Mail user to encrypt')}`,
      'Set-MailUser -Identity $user -DataEncryptionPolicy $policy'
    ]
  },
  {
    purpose: 'See that a mailbox is encrypted, 72 hours later at the earliest',
    lines: [
      `$mailbox = Read-Host -Prompt ${quoted('Mailbox to look at')}`,
      'Get-MailboxStatistics -Identity $mailbox | Format-List -Property IsEncrypted, DataEncryptionPolicyID'
    ]
  }
]

const sharepoint: Commands = ({ adminUrl, first, second }) => [
  {
    purpose:
      'Register the policy of this geo; there is no way back, and Microsoft’s validation of a pair does not serve SharePoint, so ' +
      'read the pair’s checks above once more (SharePoint Online PowerShell)',
    lines: [
      ...(adminUrl === undefined ? [] : [`Connect-SPOService -Url ${quoted(adminUrl)}`]),
      `Register-SPODataEncryptionPolicy ${keyOf('Primary', first)} ${keyOf('Secondary', second)}`
    ]
  },
  { purpose: 'Follow the registration until it shows Registered', lines: ['Get-SPODataEncryptionPolicy'] }
]

/** SharePoint alone wants the key taken apart, with its version. */
function keyOf(role: 'Primary' | 'Secondary', { vaultName, keyId }: VaultResult): string {
  const { name, version = '' } = parseKeyId(keyId)
  return `-${role}KeyVaultName ${quoted(vaultName)} -${role}KeyName ${quoted(name)} -${role}KeyVersion ${quoted(version)}`
}

const commandsOf: Readonly<Record<Workload, Commands>> = { 'multi-workload': multiWorkload, exchange, sharepoint }
