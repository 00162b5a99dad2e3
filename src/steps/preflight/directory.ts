import type { Azure } from '../../azure/connect.ts'
import { AzureCallError } from '../../azure/errors.ts'
import type { Directory } from '../../contracts/directory.ts'
import { isAmong } from '../../domain/people/parties.ts'
import { mostPeople } from '../../domain/checks/people.ts'

/** Looks groups up for the routes, at the moment somebody answers. Not an activity: nothing of it enters history. */
export const createDirectory = ({ app: { graph } }: Azure): Directory => ({
  async isIn(groups, objectId) {
    try {
      for (const group of groups) {
        const { value: members } = await graph.transitiveMembers(group, mostPeople)
        if (isAmong(members, objectId)) return 'yes'
      }
      return 'no'
    } catch (error) {
      if (error instanceof AzureCallError) return 'unknown'
      throw error
    }
  }
})
