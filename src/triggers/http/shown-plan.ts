import type { Readers } from '../../contracts/readers.ts'
import type { Person } from '../../domain/people/person.ts'
import type { Onboarding } from './known.ts'
import { isUnseen } from './cross-site.ts'
import { refusal, type Visit } from './http.ts'

/** Takes down that whoever may approve the plan was shown all of it. */
export async function notePlanShown(
  {
    actor,
    roles,
    person,
    request
  }: Pick<Visit, 'actor' | 'roles' | 'person'> & {
    readonly request: Pick<Visit['request'], 'headers'>
  },
  readers: Readers,
  { onboarding, on }: { readonly onboarding: Onboarding; readonly on: 'page' | 'api' }
): Promise<void> {
  if (!roles.includes('Approver') || isUnseen(request)) return
  const { requestId, plan } = onboarding.input
  await readers.show({ onboarding: requestId, digest: plan.digest, by: actor, person, on })
}

/** Nobody approves what they were not shown. */
export async function refuseUnread(
  readers: Readers,
  { input: { requestId: id, plan } }: Onboarding,
  { actor, person }: { readonly actor: string; readonly person: Person }
): Promise<void> {
  if (await readers.wasShown({ onboarding: id, digest: plan.digest, oid: person.oid })) return
  throw refusal({
    code: 'plan-not-shown',
    title: `The plan was not shown to ${actor}`,
    detail:
      `Nothing was recorded. Read the plan first, signed in as yourself and with the role Approver: ckey plan ${id}, the page ` +
      `/api/ui/onboardings/${id}/plan, or GET /api/onboardings/${id}/plan. Then approve.`,
    faults: [{ path: '/planDigest', message: `${actor} was not shown this plan. Read it, then approve.` }]
  })
}
