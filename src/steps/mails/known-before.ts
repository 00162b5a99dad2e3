import { AzureCallError, isPassing } from '../../azure/errors.ts'
import { mostPeople } from '../../domain/checks/people.ts'
import { mostInCopy } from '../../domain/mails/mail-copies.ts'
import type { Party } from '../../domain/people/parties.ts'
import { tenantParties } from '../people/tenant-parties.ts'
import type { Reach } from '../step.ts'

/**
 * Addresses of those who acted for the tenant's slots before: whoever starts another onboarding with other people does not do so
 * behind their backs. Where the directory refuses to say, the others are told all the same.
 */
export async function knownBefore(reach: Reach, tenantId: string, told: readonly string[]): Promise<string[]> {
  const { graph } = reach.azure.app
  const addressesOf = async ({ objectId, isGroup }: Party): Promise<(string | undefined)[]> =>
    isGroup
      ? (await graph.transitiveMembers(objectId, mostPeople)).value.map(({ mail }) => mail)
      : [(await graph.user(objectId)).value?.mail]
  try {
    const known = await tenantParties(reach, tenantId)
    const operators = known?.parties.filter(({ isOperator }) => isOperator) ?? []
    const found = (await Promise.all(operators.map(addressesOf))).flat().flatMap((address) => address ?? [])
    return [...new Set(found)].filter((each) => !told.includes(each)).slice(0, Math.max(0, mostInCopy - told.length))
  } catch (error) {
    if (!(error instanceof AzureCallError) || isPassing(error)) throw error
    return []
  }
}
