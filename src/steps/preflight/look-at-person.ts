import { isAmong } from '../../domain/people/parties.ts'
import type { Reach, Step } from '../step.ts'
import { standingOf } from './standing.ts'

/** Who acts, and for which slots they stand just now, groups expanded and compared by object id (R11). */
export const lookAtPerson =
  ({ azure }: Reach): Step<'look-at-person'> =>
  async ({ upn, slots }) => {
    const { graph } = azure.app
    const { value: person } = await graph.user(upn)
    if (!person) return { standsFor: [] }
    const standing = await Promise.all(
      slots.map(async ({ slot, parties }) => ({ slot, all: await standingOf(graph, parties) }))
    )
    const standsFor = standing.filter(({ all }) => isAmong(all, person.objectId)).map(({ slot }) => slot)
    return { objectId: person.objectId, standsFor }
  }
