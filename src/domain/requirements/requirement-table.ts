import type { Requirement } from '../terms/evidence.ts'
import { workloadNames, workloads, type Workload } from '../terms/workloads.ts'

export type RequirementKind = 'action' | 'check' | 'human' | 'warning' | 'gate'

/** Tasks of people, by what they are about. */
export type TaskFamily = 'offers' | 'approvals' | 'attestations' | 'acknowledgement' | 'mails'

/** What there must be evidence of: one at least for each of these. */
export type EvidenceScope = 'tenant' | 'slot' | 'workload' | 'vault'

export interface RequirementFacts {
  readonly id: Requirement
  readonly kind: RequirementKind
  readonly title: string
  /** Where a test lets more pass. */
  readonly titleOfTest?: string
  /** `app`: evidence proves it. `person`: a task's answer attests it. `shown`: it is said to those who approve. */
  readonly servedBy: 'app' | 'person' | 'shown'
  readonly per?: EvidenceScope
  /** Evidence of this requirement proves this one too. */
  readonly provedBy?: Requirement
  readonly tasks?: TaskFamily
  /** What serves it beside checks and tasks, for readers of docs/requirements.md. */
  readonly besides?: string
}

/** Every numbered requirement of Microsoft's article, in its order, and how this app answers it. */
export const requirementTable: readonly RequirementFacts[] = [
  shown('R1', 'warning', 'Mistakes with root keys can stop the service or lose data for good'),
  // "Legacy Support" has no quota id: whoever approves a slot answers for it.
  {
    ...proved('R2', 'gate', 'Both subscriptions have a paid offer, and none is under Legacy Support', 'slot'),
    besides: 'whoever approves a slot answers for Legacy Support, which has no quota id',
    tasks: 'approvals'
  },
  proved('R3', 'gate', 'The tenant has a licence that offers Customer Key', 'tenant'),
  shown('R4', 'check', 'Azure PowerShell 4.4.0 or later, for the commands people run; the app calls Azure itself'),
  shown('R5', 'warning', 'Help beyond the documents comes from Microsoft’s services or a partner'),
  shown('R6', 'gate', 'The twelve tasks run in the article’s order for every policy; the app has no other order'),
  {
    ...proved('R7', 'gate', 'There are two subscriptions, and both are enabled', 'slot'),
    besides: 'two distinct ones by the rules of a request'
  },
  proved('R8', 'gate', 'Both subscriptions belong to the organization’s tenant', 'slot'),
  attested('R9', 'human', 'A global administrator’s work account signs in where Microsoft asks for one', 'offers'),
  { ...proved('R10', 'gate', 'Every policy has two keys, one in each subscription', 'vault'), provedBy: 'R40' },
  {
    ...proved('R11', 'check', 'Different people stand for each subscription and its keys', 'tenant'),
    besides: 'two of them approve, and `replace-operator` keeps it so',
    tasks: 'approvals'
  },
  proved('R12', 'check', 'The subscriptions hold nothing but Customer Key', 'slot'),
  {
    ...attested('R13', 'human', 'A FastTrack request is submitted for each workload', 'offers'),
    besides: 'each with an id of its own'
  },
  {
    ...attested('R14', 'action', 'Each request is made with the offer of its workload', 'offers'),
    besides: 'the task names the offer and its steps'
  },
  {
    ...attested('R15', 'human', 'The officers who may authorise destruction of keys are named', 'offers'),
    besides: '`replace-officer`'
  },
  shown('R16', 'warning', 'FastTrack only takes the form; the app itself writes to Microsoft’s onboarding team'),
  {
    ...shown('R17', 'warning', 'Mandatory retention keeps a subscription from being cancelled at once, and stays'),
    besides: 'among the plan’s irreversible choices'
  },
  {
    ...proved('R18', 'gate', 'Both subscriptions are registered before Microsoft is told', 'slot'),
    besides: 'the mail comes after it',
    provedBy: 'R20'
  },
  {
    ...proved('R19', 'action', 'Each registration runs in its own subscription', 'slot'),
    besides: 'by the slot’s own identity',
    provedBy: 'R20'
  },
  proved('R20', 'action', 'mandatoryRetentionPeriodEnabled is registered on both subscriptions', 'slot'),
  {
    ...proved('R21', 'gate', 'FastTrack requests are complete before the first mail', 'workload'),
    tasks: 'offers'
  },
  {
    ...proved('R22', 'action', 'Each workload’s alias at Microsoft has its mail', 'workload'),
    besides: 'a person attests only what a person sent',
    tasks: 'mails'
  },
  proved('R23', 'action', 'The subject is “Customer Key for” and the tenant’s domain', 'workload'),
  proved('R24', 'action', 'The mail holds request ids, subscription ids and feature output', 'workload'),
  {
    ...proved('R25', 'check', 'Microsoft’s business days are counted, and a breach escalates', 'slot'),
    besides: 'where somebody records it',
    provedBy: 'R26',
    tasks: 'acknowledgement'
  },
  proved('R26', 'gate', 'Both subscriptions show Registered', 'slot'),
  proved('R27', 'action', 'Each subscription has a resource group and vaults', 'vault'),
  {
    ...proved('R28', 'gate', 'Every vault is Premium', 'vault'),
    titleOfTest: 'Every vault is Premium, or Standard since this is a test'
  },
  { ...proved('R29', 'gate', 'Each workload has a vault in each subscription', 'vault'), provedBy: 'R27' },
  {
    ...proved('R30', 'gate', 'Each policy has a vault pair of its own', 'vault'),
    besides: `limits (${workloadNames.map(limitOf).join(', ')}) by the rules of a request`,
    provedBy: 'R31'
  },
  proved('R31', 'check', 'Vault names tell the policy they are for', 'vault'),
  {
    ...proved('R32', 'check', 'Each resource group has administrators of its own', 'vault'),
    besides: 'nobody in both slots by `slots-disjoint` and the rules of a request',
    provedBy: 'R33'
  },
  proved('R33', 'action', 'Administrators may create, import, list, get, back up and restore keys', 'vault'),
  {
    ...proved('R34', 'gate', 'Nobody may delete or purge keys', 'vault'),
    besides: 'of the app itself after `remove-setup-role`'
  },
  {
    ...proved('R35', 'action', 'People of the organization can change a vault’s permissions', 'vault'),
    besides: 'after `assign-contributor` where nobody is'
  },
  proved('R36', 'action', 'Microsoft’s service may get, wrap and unwrap', 'vault'),
  proved('R37', 'check', 'The service’s application is the one Microsoft documents', 'workload'),
  proved('R38', 'gate', 'Each vault is open to the right service', 'vault'),
  proved('R39', 'gate', 'Soft delete keeps deleted keys for 90 days', 'vault'),
  { ...proved('R40', 'action', 'Each vault has its key', 'vault'), besides: 'where people import, after `import-key`' },
  {
    ...proved('R41', 'gate', 'Keys are RSA in a hardware security module, and wrap and unwrap', 'vault'),
    titleOfTest:
      'Keys are RSA, in a hardware security module or, since this is a test, in software, and wrap and unwrap'
  },
  {
    ...proved('R42', 'gate', 'No key expires, unless on 9999-12-31', 'vault'),
    besides: 'another date is set on a key imported in this run, and by `mend-key-expiry-…`'
  },
  { ...proved('R43', 'warning', 'An expired key would stop encryption; none can expire', 'vault'), provedBy: 'R42' },
  proved('R44', 'gate', 'Every key’s recovery level is Recoverable+ProtectedSubscription', 'vault'),
  {
    ...proved('R45', 'action', 'Every key is backed up at once, and copies are kept online and offline', 'vault'),
    besides: 'key events bring the app each change',
    tasks: 'attestations'
  },
  proved('R46', 'action', 'The key identifiers are read and handed off', 'vault'),
  shown('R47', 'action', 'Next, people create the policies with the commands of the hand-off')
]

export type Notice = Pick<RequirementFacts, 'id' | 'title'>

/** What must be before the eyes of whoever approves a slot, beside the plan's irreversible choices. */
export const notices: readonly Notice[] = requirementTable
  .filter(({ servedBy }) => servedBy === 'shown')
  .map(({ id, title }) => ({ id, title }))

function proved(id: Requirement, kind: RequirementKind, title: string, per: EvidenceScope): RequirementFacts {
  return { id, kind, title, servedBy: 'app', per }
}

function attested(id: Requirement, kind: RequirementKind, title: string, tasks: TaskFamily): RequirementFacts {
  return { id, kind, title, servedBy: 'person', tasks }
}

/** Shown to whoever approves a slot: their approval is the answer. */
function shown(id: Requirement, kind: RequirementKind, title: string): RequirementFacts {
  return { id, kind, title, servedBy: 'shown', tasks: 'approvals' }
}

/** How many policies one tenant may have. A function, since the table above is made before what stands below it. */
function limitOf(workload: Workload): string {
  const { maximumPolicies, scope } = workloads[workload]
  if (scope === 'geography') return `one ${workload} policy per geography`
  return maximumPolicies === 1 ? `one ${workload} policy` : `${String(maximumPolicies)} ${workload} policies`
}
