import type { AuthorizationManagementClient } from '@azure/arm-authorization'
import { needed } from './answers/misfit.ts'
import type { To } from './call.ts'
import type { Assigned } from './role-looks.ts'

/**
 * Roles that people may take on in a subscription, above it and on anything in it. Without a filter the list has what is below
 * too: https://learn.microsoft.com/powershell/module/az.resources/get-azroleeligibilityschedule shows both.
 */
export async function eligibilities(
  client: AuthorizationManagementClient,
  subscriptionId: string,
  to: To
): Promise<Assigned[]> {
  const found: Assigned[] = []
  const options = to('roleEligibilitySchedules.listForScope')
  for await (const each of client.roleEligibilitySchedules.listForScope(`subscriptions/${subscriptionId}`, options)) {
    if (ended.includes(each.status ?? '')) continue
    found.push({
      roleId: needed(each.roleDefinitionId, 'the role that somebody may take on'),
      principalId: needed(each.principalId, 'who may take on a role'),
      principalType: each.principalType,
      scope: needed(each.scope, 'the scope of a role that somebody may take on')
    })
  }
  return found
}

/** What Azure says of one that was taken back or never given; all others may be taken on, or soon. */
const ended = ['Revoked', 'Canceled', 'Denied', 'AdminDenied', 'Failed', 'TimedOut', 'Invalid']
