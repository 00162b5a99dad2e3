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
    const { objectId, standing, calls } = await findParty(graph, upn)
    const theirs = await standingOf(graph, others)
    const about = { resource: upn, suffix: upn, at, call: calls }
    const results = [
      runChecks(userChecks, { objectId }, { upn }, about),
      runChecks(slotsChecks, { first: theirs.standing, second: standing }, undefined, {
        ...about,
        call: [...theirs.calls, ...calls]
      })
    ]
    const place = { store: 'app', onboarding, step: 'preflight/replacement' } as const
    const seen = await checked(azure, place, results)
    return { ...seen, ...(objectId !== undefined && { objectId }) }
  }
