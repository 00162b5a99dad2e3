/**
 * The kinds of data encryption policy and what Microsoft's article fixes for each (R14, R22, R36–R38). Another one is a row of
 * `workloads`; the compiler then asks for its commands and advice.
 */
export type Workload = 'exchange' | 'sharepoint' | 'multi-workload'

export interface WorkloadFacts {
  /** Code inside vault names, e.g. `Contoso-CK-EX-NA-VaultA1` (R31). */
  readonly code: 'EX' | 'SP' | 'M365'
  /** What a person reads. */
  readonly title: string
  /** The FastTrack offer to submit (R14). */
  readonly offer: string
  /** The mailbox that approves the retention period (R22). */
  readonly alias: string
  /** Application id of Microsoft's service principal, the same in every tenant (R37). */
  readonly appId: string
  /** Its display name in the tenant (R38). */
  readonly displayName: string
  /** Most policies of this workload one tenant may have (R29, R30). */
  readonly maximumPolicies: number
  /** What one policy of it is for: all users, any part the organization names, or a geography of the tenant, one policy each. */
  readonly scope: 'none' | 'any' | 'geography'
  /** Where there is no way back to Microsoft's own keys: what the plan says of it, and what the hand-off warns of. */
  readonly noWayBack: { readonly irreversible: string; readonly never: string } | undefined
  /** Microsoft's name of it for its validation of keys; undefined where none is known. */
  readonly scenario: { readonly name: string; readonly isFromMemory: boolean } | undefined
}

export const workloads: Readonly<Record<Workload, WorkloadFacts>> = {
  exchange: {
    code: 'EX',
    title: 'Exchange Online and Skype for Business',
    offer: 'Request encryption key help for Exchange',
    alias: 'exock@microsoft.com',
    appId: '00000002-0000-0ff1-ce00-000000000000',
    displayName: 'Office 365 Exchange Online',
    maximumPolicies: 50,
    scope: 'any',
    noWayBack: undefined,
    scenario: { name: 'EXO', isFromMemory: true } // only `MDEP` was seen in a source
  },
  sharepoint: {
    code: 'SP',
    title: 'SharePoint Online, OneDrive and Teams files',
    offer: 'Request encryption key help for SharePoint and OneDrive for Business',
    alias: 'spock@microsoft.com',
    appId: '00000003-0000-0ff1-ce00-000000000000',
    displayName: 'Office 365 SharePoint Online',
    maximumPolicies: 50,
    scope: 'geography',
    noWayBack: {
      irreversible:
        'Once SharePoint and OneDrive are encrypted with these keys, there is no way back to Microsoft’s own keys.',
      never: 'Never register the SharePoint policy as a trial: SharePoint cannot go back to Microsoft’s own keys.'
    },
    scenario: undefined
  },
  'multi-workload': {
    code: 'M365',
    title: 'Multiple Microsoft 365 workloads',
    offer: 'Request encryption key help for Microsoft 365',
    alias: 'm365-ck@service.microsoft.com',
    appId: 'c066d759-24ae-40e7-a56f-027002b5d3e4',
    displayName: 'M365DataAtRestEncryption',
    maximumPolicies: 1,
    scope: 'none',
    noWayBack: undefined,
    scenario: { name: 'MDEP', isFromMemory: false }
  }
}

export const workloadNames = Object.keys(workloads) as Workload[]
