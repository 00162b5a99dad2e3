import type { Requirement } from '../terms/evidence.ts'
import type { Proof, RequirementFacts, RequirementKind, Seen, TaskFamily } from './requirement-facts.ts'
import { workloadNames, workloads, type Workload } from '../terms/workloads.ts'

/** Data stays wrapped with older versions: none of them may expire, soon or some day. */
const olderVersions = ['key-not-expired', 'key-not-expiring', 'key-versions-expiry']

/** Every numbered requirement of Microsoft's article, in its order, and how this app answers it. */
export const requirementTable: readonly RequirementFacts[] = [
  shown('R1', 'warning', 'Mistakes with root keys can stop the service or lose data for good'),
  {
    ...proved('R2', 'gate', 'Both subscriptions have a paid offer, and none is under Legacy Support'),
    ...again('offer-type', 'spending-limit'),
    besides: 'whoever approves a slot answers for Legacy Support, which has no quota id',
    stated: 'approvals'
  },
  { ...proved('R3', 'gate', 'The tenant has a licence that offers Customer Key'), ...again('licence') },
  shown('R4', 'check', 'Azure PowerShell 4.4.0 or later, for the commands people run; the app calls Azure itself'),
  shown('R5', 'warning', 'Help beyond the documents comes from Microsoft’s services or a partner'),
  shown('R6', 'gate', 'The twelve tasks run in the article’s order for every policy; the app has no other order'),
  {
    ...proved('R7', 'gate', 'There are two subscriptions, and both are enabled'),
    ...again('subscription-readable', 'subscription-enabled', 'provider-registered'),
    besides: 'two distinct ones by the rules of a request'
  },
  {
    ...proved('R8', 'gate', 'Both subscriptions belong to the organization’s tenant'),
    ...again('verified-domain', 'subscription-tenant', 'vault-tenant')
  },
  {
    ...attested('R9', 'human', 'A global administrator’s work account signs in where Microsoft asks for one', 'offers'),
    statement: 'signedInAs',
    besides: 'the answer names the account'
  },
  {
    ...proved('R10', 'gate', 'Every policy has two keys, one in each subscription'),
    ...again('vault-there', 'vault-subscription', 'key-there')
  },
  {
    ...proved('R11', 'check', 'Different people stand for each subscription and its keys'),
    ...again('administrator', 'person-enabled', 'group-people', 'slots-disjoint', 'acted-for-other'),
    besides: 'two of them approve, and `replace-operator` keeps it so',
    heard: 'approvals'
  },
  {
    ...proved('R12', 'check', 'The subscriptions hold nothing but Customer Key'),
    ...again('foreign-resources')
  },
  {
    ...attested('R13', 'human', 'A FastTrack request is submitted for each workload', 'offers'),
    besides: 'each with an id of its own'
  },
  {
    ...attested('R14', 'action', 'Each request is made with the offer of its workload', 'offers'),
    statement: 'chosenOffer',
    besides: 'the task names the offer and its steps, and the answer the offer that was chosen'
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
    ...proved('R18', 'gate', 'Both subscriptions are registered before Microsoft is told'),
    ...seen('before-mail', 'registration-sent'),
    besides: 'the mail comes after it'
  },
  {
    ...proved('R19', 'action', 'Each registration runs in its own subscription'),
    ...seen('before-mail', 'registration-sent'),
    besides: 'by the slot’s own identity'
  },
  {
    ...proved('R20', 'action', 'mandatoryRetentionPeriodEnabled is registered on both subscriptions'),
    proofs: [...seen('before-mail', 'registration-sent').proofs, ...again('registered').proofs]
  },
  {
    ...proved('R21', 'gate', 'FastTrack requests are complete before the first mail'),
    ...seen('mail', 'offers-complete'),
    besides: 'that FastTrack has them is the word of who recorded them',
    stated: 'offers'
  },
  {
    ...proved('R22', 'action', 'Each workload’s alias at Microsoft has its mail'),
    ...seen('mail', 'mail-alias'),
    besides: 'handed over to the mail service; a person attests what a person sent',
    stated: 'mails'
  },
  {
    ...proved('R23', 'action', 'The subject is “Customer Key for” and the tenant’s domain'),
    ...seen('mail', 'mail-subject'),
    stated: 'mails'
  },
  {
    ...proved('R24', 'action', 'The mail holds request ids, subscription ids and feature output'),
    ...seen('mail', 'mail-text'),
    stated: 'mails'
  },
  {
    ...proved('R25', 'check', 'Microsoft’s business days are counted, and a breach escalates'),
    ...seen('wait', 'registered'),
    besides: 'after a breach only where the mail service took each escalation that was due',
    stated: 'acknowledgement'
  },
  { ...proved('R26', 'gate', 'Both subscriptions show Registered'), ...again('registered') },
  {
    ...proved('R27', 'action', 'Each subscription has a resource group and vaults'),
    ...again('vault-there', 'vault-subscription', 'vault-group', 'policy-other', 'policy-tags', 'policy-rewrites')
  },
  {
    ...proved('R28', 'gate', 'Every vault is Premium'),
    ...again('vault-premium', 'policy-sku'),
    titleOfTest: 'Every vault is Premium, or Standard since this is a test'
  },
  {
    ...proved('R29', 'gate', 'Each workload has a vault in each subscription'),
    ...again('vault-there', 'vault-subscription')
  },
  {
    ...proved('R30', 'gate', 'Each policy has a vault pair of its own'),
    ...again('vault-there', 'vault-named'),
    besides: `limits (${workloadNames.map(limitOf).join(', ')}) by the rules of a request`
  },
  {
    ...proved('R31', 'check', 'Vault names tell the policy they are for'),
    ...again('vault-name-tells', 'vault-named', 'vault-region', 'region-offered', 'policy-locations')
  },
  {
    ...proved('R32', 'check', 'Each resource group has administrators of its own'),
    ...again('administrators-apart', 'slots-disjoint'),
    besides: 'roles that people may take on (PIM) count where they can be read, and are said to be unread where not'
  },
  {
    ...proved('R33', 'action', 'Administrators may create, import, list, get, back up and restore keys'),
    proofs: [
      ...again('administrator', 'vault-administrators', 'vault-slot-identity', 'vault-authorization').proofs,
      { checks: ['vault-roles'], seen: 'verification', only: 'rbac' }
    ]
  },
  {
    ...proved('R34', 'gate', 'Nobody may delete or purge keys'),
    proofs: [
      ...again('vault-no-delete', 'vault-no-others', 'setup-role-removed').proofs,
      { checks: ['vault-grantors', 'vault-eligible'], seen: 'verification', only: 'rbac' }
    ],
    besides:
      'of the app itself after `remove-setup-role`; roles that people may take on (PIM) count where they can be read, and are said to be unread where not'
  },
  {
    ...proved('R35', 'action', 'People of the organization can change a vault’s permissions'),
    ...again('vault-contributor'),
    besides: 'after `assign-contributor` where nobody is'
  },
  {
    ...proved('R36', 'action', 'Microsoft’s service may get, wrap and unwrap'),
    ...again('vault-service-principal', 'vault-network', 'service-principal-enabled')
  },
  {
    ...proved('R37', 'check', 'The service’s application is the one Microsoft documents'),
    ...again('service-principal')
  },
  {
    ...proved('R38', 'gate', 'Each vault is open to the right service'),
    ...again('service-principal-name', 'vault-right-service')
  },
  {
    ...proved('R39', 'gate', 'Soft delete keeps deleted keys for 90 days'),
    ...again('vault-soft-delete', 'vault-retention', 'vault-purge-protection')
  },
  {
    ...proved('R40', 'action', 'Each vault has its key'),
    ...again('key-there', 'key-enabled', 'key-versions-enabled', 'extra-version', 'vault-one-key'),
    besides: 'where people import, after `import-key`'
  },
  {
    ...proved('R41', 'gate', 'Keys are RSA in a hardware security module, and wrap and unwrap'),
    ...again('key-type', 'key-size', 'key-operations'),
    titleOfTest:
      'Keys are RSA, in a hardware security module or, since this is a test, in software, and wrap and unwrap'
  },
  {
    ...proved('R42', 'gate', 'No key expires, unless on 9999-12-31'),
    ...again(
      'key-expiry',
      'key-not-before',
      'key-rotation',
      'policy-key-expiry',
      ...olderVersions,
      'key-versions-active'
    ),
    besides: 'another date is set on a key imported in this run, and by `mend-key-expiry-…`'
  },
  {
    ...proved('R43', 'warning', 'An expired key would stop encryption; none can expire'),
    ...again('key-expiry', 'key-rotation', ...olderVersions)
  },
  {
    ...proved('R44', 'gate', 'Every key’s recovery level is Recoverable+ProtectedSubscription'),
    ...again('key-recovery-level', 'key-recoverable-days')
  },
  {
    ...proved('R45', 'action', 'Every key is backed up at once, and copies are kept online and offline'),
    proofs: [
      ...again('backup-versions', 'backup-digest', 'backup-copied').proofs,
      { checks: ['backup-locked', 'backup-until'], seen: 'verification', only: 'immutable' }
    ],
    besides: 'key events bring the app each change',
    stated: 'attestations'
  },
  { ...proved('R46', 'action', 'The key identifiers are read and handed off'), ...again('key-uri') },
  shown('R47', 'action', 'Next, people create the policies with the commands of the hand-off')
]

export type Notice = Pick<RequirementFacts, 'id' | 'title'>

/** What must be before the eyes of whoever approves a slot, beside the plan's irreversible choices. */
export const notices: readonly Notice[] = requirementTable
  .filter(({ shown }) => shown)
  .map(({ id, title }) => ({ id, title }))

function proved(id: Requirement, kind: RequirementKind, title: string): Omit<RequirementFacts, 'proofs'> {
  return { id, kind, title }
}

function attested(id: Requirement, kind: RequirementKind, title: string, stated: TaskFamily): RequirementFacts {
  return { id, kind, title, proofs: [], stated }
}

function shown(id: Requirement, kind: RequirementKind, title: string): RequirementFacts {
  return { id, kind, title, proofs: [], heard: 'approvals', shown: true }
}

/** Read again in verification. */
function again(...checks: readonly string[]): { readonly proofs: readonly Proof[] } {
  return seen('verification', ...checks)
}

function seen(when: Seen, ...checks: readonly string[]): { readonly proofs: readonly Proof[] } {
  return { proofs: [{ checks, seen: when }] }
}

/** How many policies one tenant may have. A function, since the table above is made before what stands below it. */
function limitOf(workload: Workload): string {
  const { maximumPolicies, scope } = workloads[workload]
  if (scope === 'geography') return `one ${workload} policy per geography`
  return maximumPolicies === 1 ? `one ${workload} policy` : `${String(maximumPolicies)} ${workload} policies`
}
