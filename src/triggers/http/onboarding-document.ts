import type { SweepReport } from '../../domain/backups/sweep.ts'
import { entriesOfKind } from '../../domain/ledger/entry.ts'
import { mailsLostAfterEnd } from '../../domain/ledger/lost-mails.ts'
import type { OnboardingStatus } from '../../domain/state/status.ts'
import type { AnsweredLine } from '../../domain/views/documents.ts'
import * as views from '../../domain/views/onboarding-document.ts'
import type { Person } from '../../domain/people/person.ts'
import { partyOf } from '../../domain/plan/planned-people.ts'
import type { Branch, Onboarding } from './known.ts'

/** What else is known of an onboarding, where it was asked for. */
interface Besides {
  readonly sweep?: SweepReport | undefined
  readonly said?: readonly AnsweredLine[]
}

/** One onboarding as the API shows it, out of what the engine says of its instances, and the ledger of the whole. */
export const documentOf = (instance: Onboarding, branches: readonly Branch[] = [], besides: Besides = {}) =>
  views.documentOf(knownOf(instance, branches, besides))

function knownOf(
  instance: Onboarding,
  branches: readonly Branch[],
  { sweep, said = [] }: Besides = {}
): views.OnboardingParts {
  const { requestId, plan, startedBy } = instance.input
  const byVault = branches.map((each) => [each.input.task.vault.vaultName, partOf(each)] as const)
  return {
    requestId,
    plan,
    startedBy,
    state: instance.stands,
    own: partOf({ ...instance, state: 'live' }),
    branches: new Map(byVault),
    said,
    takeovers: entriesOfKind(instance.entries, 'generation')
      .filter(({ said: { number } }) => number > 1)
      .map(({ moment, said: { why } }) => ({ at: moment, why })),
    sweep,
    lostMails: mailsLostAfterEnd(instance.entries)
  }
}

const partOf = (instance: Pick<Branch, 'createdAt' | 'updatedAt' | 'state' | 'customStatus'>): views.Part => ({
  createdAt: instance.createdAt,
  updatedAt: instance.updatedAt,
  state: instance.state === 'unreadable' ? 'failed' : instance.state,
  status: statusOf(instance)
})

/** One row of the list. */
export function rowOf(instance: Onboarding, branches: readonly Branch[]) {
  const { id, organization, purpose, status, waitingOn: who, due, zone } = documentOf(instance, branches)
  return { id, organization, purpose, status, waitingOn: who, due, zone }
}

/** The plan, with those who act for it now and who is about to. */
export const planOf = (instance: Onboarding, branches: readonly Branch[] = []): views.PlanOfNow =>
  views.planOf(knownOf(instance, branches))

export const replacedIn = (instance: Onboarding, branches: readonly Branch[]) =>
  views.replacedIn(knownOf(instance, branches))

/** By what name a person stands in it now; empty for whoever is not named. */
export const partyIn = (instance: Onboarding, branches: readonly Branch[], person: Person): string =>
  partyOf(person, instance.input.plan.people, replacedIn(instance, branches)) ?? ''

/** The custom status; undefined before the first turn. */
export const statusOf = (instance: Pick<Branch, 'customStatus'>): OnboardingStatus | undefined =>
  instance.customStatus ?? undefined
