import type { Azure } from '../../azure/connect.ts'
import { AzureCallError } from '../../azure/errors.ts'
import type { Directory } from '../../contracts/directory.ts'
import { mostPeople } from '../../domain/checks/people.ts'
import { sameText } from '../../domain/terms/same-text.ts'

/** Looks groups up for the routes, at the moment somebody answers. Not an activity: nothing of it enters history. */
export const createDirectory = ({ app: { graph } }: Azure): Directory => ({
  async isIn(groups, { oid }) {
    try {
      for (const group of groups) {
        const { value: members } = await graph.transitiveMembers(group, mostPeople)
        if (members.some(({ objectId, upn }) => upn !== undefined && sameText(objectId, oid))) return 'yes'
      }
      return 'no'
    } catch (error) {
      if (error instanceof AzureCallError) return 'unknown'
      throw error
    }
  }
})
