import { runChecks } from '../../domain/checks/checks.ts'
import { slotsChecks, userChecks } from '../../domain/checks/people.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'
import { findParty, standingOf } from './standing.ts'

/** Whether a person may take another's place: a user of the tenant who stands for nothing in the other slot (R11, R33). */
export const checkReplacement =
  ({ azure }: Reach): Step<'check-replacement'> =>
  async ({ onboarding, now: at, upn, others }) => {
    const { graph } = azure.app
    const { objectId, standing, call } = await findParty(graph, upn)
    const about = { resource: upn, suffix: upn, at, call }
    const results = [
      runChecks(userChecks, { objectId }, { upn }, about),
      runChecks(slotsChecks, { first: await standingOf(graph, others), second: standing }, undefined, about)
    ]
    const place = { store: 'app', onboarding, step: 'preflight/replacement' } as const
    const seen = await checked(azure, place, results)
    return { ...seen, ...(objectId !== undefined && { objectId }) }
  }
