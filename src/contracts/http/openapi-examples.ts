import type { LedgerPage } from '../../domain/views/ledger-page.ts'
import { mailPreview } from '../../domain/mails/mail-preview.ts'
import { slaInWords } from '../../domain/calendar/sla.ts'
import { expectedDates } from '../../domain/calendar/expected-dates.ts'
import { buildPlan } from '../../domain/plan/build-plan.ts'
import { usualDeployment } from '../../domain/plan/deployment.ts'
import type { PlannedParty } from '../../domain/plan/plan.ts'
import type { Sha256 } from '../../domain/terms/digest.ts'
import type { OnboardingRequest } from '../../domain/request/request.ts'
import type { AnswerSheet, EvidencePage, OnboardingDocument, OnboardingList } from '../../domain/views/documents.ts'

const digest = 'v1.b32c0a7d5f1e4c7b9a8d6e3f2c1b0a99887766554433221100ffeeddccbb7a89'

/** A request as a person writes it; the examples of the whole description are about it. */
export const exampleRequest: OnboardingRequest = {
  id: 'contoso-1',
  organization: { tenantId: '4be2b1c7-3f0d-4c6e-9a51-0d7f5e2c9f01', domain: 'contoso.onmicrosoft.com' },
  namePrefix: 'Contoso',
  subscriptions: [
    { slot: 1, id: '8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02', region: 'westus2', operators: ['alice@contoso.com'] },
    { slot: 2, id: 'b77e4f10-52c8-4a0d-8d36-6e1b9c2f4d91', region: 'eastus2', operators: ['bob@contoso.com'] }
  ],
  policies: [{ workload: 'multi-workload' }],
  keySize: 2048
}

/** Those whom it names, as the directory has them. */
const examplePeople: readonly PlannedParty[] = [
  {
    party: 'alice@contoso.com',
    objectId: '3f1d2c4b-5a69-4788-9b0c-1d2e3f405162',
    displayName: 'Alice Adams',
    mail: 'alice@contoso.com'
  },
  {
    party: 'bob@contoso.com',
    objectId: '7c8d9e0f-1a2b-4c3d-8e4f-5a6b7c8d9e0f',
    displayName: 'Bob Brown',
    mail: 'bob@contoso.com'
  }
]

export const exampleOnboarding: OnboardingDocument = {
  id: 'contoso-1',
  organization: exampleRequest.organization,
  purpose: 'production',
  planDigest: digest,
  startedAt: '2026-11-23T17:00:00.000Z',
  startedBy: 'alice@contoso.com',
  lastChangedAt: '2026-11-23T18:37:00.000Z',
  zone: 'America/Los_Angeles',
  sla: { businessDays: 5, extraHolidays: [], removedHolidays: [] },
  status: 'running',
  step: 'waiting-on-microsoft',
  waitingOn: 'microsoft',
  due: '2026-12-01T18:37:00.000Z',
  waits: [],
  changes: [],
  registration: {
    states: ['Pending', 'Pending'],
    mailedAt: '2026-11-23T18:37:00.000Z',
    dueAt: '2026-12-01T18:37:00.000Z'
  },
  slots: exampleRequest.subscriptions.map(({ slot, id, region, operators }) => ({
    slot,
    subscriptionId: id,
    region,
    operators
  })),
  policies: [
    {
      id: 'multi-workload',
      workload: 'multi-workload',
      vaults: [
        { slot: 1, vaultName: 'Contoso-CK-M365-VaultA1', state: 'planned', since: null, until: null },
        { slot: 2, vaultName: 'Contoso-CK-M365-VaultA2', state: 'planned', since: null, until: null }
      ]
    }
  ],
  steps: [
    {
      step: 'approvals',
      title: 'Approved',
      at: '2026-11-23T18:37:00.000Z',
      detail: 'slot 1 by alice@contoso.com · slot 2 by bob@contoso.com',
      requirements: ['R11']
    }
  ],
  tasks: [
    {
      name: 'acknowledge',
      since: '2026-11-23T18:37:00.000Z',
      for: 'any operator',
      optional: true,
      asks: `Record that Microsoft acknowledged the registration; the wait of ${slaInWords({ businessDays: 5 })} then begins anew.`
    }
  ],
  answers: [
    {
      task: 'approve-slot-1',
      by: 'alice@contoso.com',
      at: '2026-11-23T18:20:00.000Z',
      verdict: 'taken',
      judgedAt: '2026-11-23T18:20:01.000Z'
    }
  ],
  halted: null,
  takeovers: [],
  findings: [],
  backups: [],
  handOff: null
}

/** The plan of `exampleRequest`. */
export function examplePlan(sha256: Sha256) {
  const plan = buildPlan(exampleRequest, { people: examplePeople, deployment: usualDeployment }, sha256)
  const { sla } = plan.deployment
  const expected = expectedDates(exampleOnboarding.startedAt, sla)
  return { digest: plan.digest, plan, findings: [], warnings: [], zone: sla.zone, expected }
}

/** What those who approve it read. */
export function exampleRunningPlan(sha256: Sha256) {
  const { digest, plan, zone: sla } = examplePlan(sha256)
  return { digest, plan, zone: sla, mails: mailPreview(plan).map((mail) => ({ ...mail })) }
}

const { id, organization, purpose, status, waitingOn, due, zone } = exampleOnboarding

export const exampleList: OnboardingList = {
  items: [{ id, organization, purpose, status, waitingOn, due, zone }],
  continuation: 'contoso-1'
}

export const exampleAnswerSheet: AnswerSheet = {
  items: [
    {
      task: 'approve-slot-1',
      by: 'alice@contoso.com',
      at: '2026-11-24T16:59:00.000Z',
      verdict: 'late',
      why: 'Too late: anna@contoso.com had answered it at 2026-11-24T16:58:00.000Z. Look at what is asked now.',
      judgedAt: '2026-11-24T16:59:01.000Z'
    },
    {
      task: 'cancel',
      by: 'alice@contoso.com',
      at: '2026-11-24T17:00:00.000Z',
      reason: 'Another tenant is meant.',
      verdict: 'taken',
      judgedAt: '2026-11-24T17:00:01.000Z'
    }
  ]
}

export const exampleEvidence: EvidencePage = {
  batches: [
    {
      store: 'slot-1',
      name: 'contoso-1/preflight/subscription/7c0f5b1e2a9d.json',
      sha256: '7c0f5b1e2a9d4d0c8b7a69584736251403f2e1d0c9b8a7968574635241302f1e',
      records: [
        {
          requirement: 'R7',
          check: 'subscription-enabled',
          resource: '8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02',
          observed: 'Enabled',
          expected: 'an enabled subscription',
          held: true,
          at: '2026-11-23T17:00:00.000Z',
          call: { operation: 'GET subscription', requestId: '5f0e7c81-2a9d-4d0c-8b7a-695847362514', identity: 'slot-1' }
        }
      ]
    }
  ]
}

export const exampleLedger: LedgerPage = {
  chains: [
    {
      chain: 'onboarding.contoso-1',
      entries: [
        {
          n: 1,
          moment: '2026-11-23T17:00:00.000Z',
          text: '{"format":1,"said":{"generation":1,"id":"begun.1","kind":"begun"}}'
        }
      ]
    }
  ],
  heads: []
}

export const exampleBackups = {
  immutability: 'required',
  state: 'completed',
  sweep: {
    at: '2026-12-01T17:10:00.000Z',
    vaults: 2,
    keys: 2,
    behind: 0,
    lagSeconds: 0,
    deadLetters: 0,
    uncopied: 0,
    findings: [],
    findingCount: 0,
    widest: [
      {
        vaultName: 'Contoso-CK-M365-VaultA1',
        keyName: 'Contoso-CK-M365-VaultA1-Key001',
        changedAt: '2026-11-30T23:31:00.000Z',
        backedUpAt: '2026-11-30T23:31:20.000Z',
        gapSeconds: 20,
        copied: true
      }
    ]
  },
  drill: null
}

export const exampleDiagnoses = {
  checks: [
    { about: 'slot-1 store', state: 'ok', detail: 'signs in and reads backups, evidence, locks and dead-letters' },
    { about: 'settings', state: 'note', detail: 'CKEY_DRILL_SCHEDULE is not set: no backup is ever restored for proof' }
  ]
}

export const exampleAdoption = {
  slot: 1,
  tenantId: exampleRequest.organization.tenantId,
  vaultId:
    '/subscriptions/8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/Contoso-Old-VaultA1',
  workload: 'exchange',
  administrators: ['alice@contoso.com']
}

export const exampleDigest = digest
