import { runChecks } from '../domain/checks.ts'
import { slotsChecks, userChecks } from '../domain/checks-people.ts'
import type { Reach, Work } from './activity.ts'
import { checked } from './checked.ts'
import { findParty, standingOf } from './standing.ts'

/** Whether a person may take another's place: a user of the tenant who stands for nothing in the other slot (R11, R33). */
export const checkReplacement = ({ azure }: Reach): Work<'check-replacement'> => async ({ onboarding, now: at, upn, others }) => {
  const { graph } = azure.app
  const { objectId, standing, call } = await findParty(graph, upn)
  const about = { resource: upn, suffix: upn, at, call }
  const results = [
    runChecks(userChecks, { upn, objectId }, about),
    runChecks(slotsChecks, { first: await standingOf(graph, others), second: standing }, about)
  ]
  const place = { store: 'app', onboarding, step: 'preflight/replacement' } as const
  return { ...(await checked(azure, place, results)), objectId: objectId ?? '' }
}
