import type { DatabaseSync } from 'node:sqlite'
import { businessDaysBetween } from '../../src/domain/calendar/business-calendar.ts'
import type { HandOff } from '../../src/domain/hand-off/hand-off.ts'
import type { PlanContent } from '../../src/domain/plan/plan.ts'
import { calendarOf } from '../../src/domain/calendar/sla.ts'
import { vaults } from '../azure/arm/keyvault-management/vault-record.ts'
import { outbox, type SentMail } from '../azure/email/outbox.ts'
import { findKey } from '../azure/keyvault/key-record.ts'
import type { ReachableAzure } from '../azure/start.ts'
import { evidenceBatch } from './evidence-batch.ts'
import { unfoundedRecords, untrueRows } from '../recount/recount.ts'
import { sourceOf } from '../recount/source.ts'
import { historySize, historySizeIn } from './history-size.ts'
import type { OnboardingView } from './onboarding-view.ts'

export type Outcome = 'completed' | 'waiting' | 'cancelled' | 'failed'

export interface ReportSources {
  readonly azure: ReachableAzure
  readonly plan: PlanContent
  readonly outcome: Outcome
  readonly view: OnboardingView
  readonly handOff: HandOff | undefined
  readonly wallMs: number
  /** Of the host: its file, or a state that is open. */
  readonly state: string | DatabaseSync
  readonly zone: string
}

/** The one JSON document of `--json`. What Azure holds comes from the simulated Azure itself, not from the app. */
export async function report({ azure, plan, outcome, view, handOff, wallMs, state, zone }: ReportSources) {
  const calendar = calendarOf({ zone, extraHolidays: [], businessDays: 5 })
  const registeredAt = view.steps.find((step) => step.requirements.includes('R26'))?.at
  const mailedAt = view.registration?.mailedAt
  const batches = await Promise.all(
    (handOff?.evidence ?? []).map(async (batch) => ({ batch, records: await evidenceBatch(azure, batch) }))
  )
  const source = sourceOf(azure)
  const evidence = batches.map(({ batch, records }) => ({
    ...batch,
    requestIds: records.map(({ call }) => call.requestId)
  }))
  return {
    outcome,
    simulated: {
      start: view.startedAt,
      end: azure.clock.nowIso(),
      businessDays: mailedAt && registeredAt ? businessDaysBetween(mailedAt, registeredAt, calendar) : 0
    },
    wallMs,
    planDigest: view.planDigest,
    steps: view.steps,
    emails: outbox(azure.world)
      .values()
      .toSorted(byMinuteAndRecipient)
      .map(({ to, subject, text }) => ({ to: to.join(', '), subject, text })),
    vaults: (handOff?.policies ?? [])
      .flatMap((policy) => policy.vaults)
      .map(({ vaultName, ...vault }) => ({
        name: vaultName,
        ...vault,
        keyVersions: versionsIn(azure, plan, vaultName)
      })),
    findings: view.findings,
    tasks: view.tasks,
    requirements: handOff?.requirements ?? [],
    evidence,
    apiCalls: azure.journal.counts(),
    /** Request ids of the evidence that no call of the journal has: always none. */
    unknownRequestIds: evidence.flatMap(({ requestIds }) => requestIds).filter((id) => !azure.journal.has(id)),
    /** Evidence that does not rest on what its call was answered: always none. */
    wronglyCited: await unfoundedRecords(source),
    /** Rows of the hand-off that another count has otherwise: always none. */
    untrueRows: await untrueRows(source),
    history: typeof state === 'string' ? historySize(state) : historySizeIn(state)
  }
}

/** Mails of one minute go out side by side: in the document they stand in an order that does not change. */
function byMinuteAndRecipient(a: SentMail, b: SentMail): number {
  const [one, other] = [a, b].map(({ acceptedAt, to }) => `${acceptedAt.slice(0, 16)} ${to.join()}`) as [string, string]
  return one < other ? -1 : 1
}

function versionsIn(azure: ReachableAzure, plan: PlanContent, vaultName: string): number {
  const planned = plan.policies.flatMap((policy) => policy.vaults).find((vault) => vault.vaultName === vaultName)
  const vault = vaults(azure.world).get(vaultName.toLowerCase())
  return vault && planned ? (findKey(azure.world, vault, planned.keyName)?.versions.length ?? 0) : 0
}
