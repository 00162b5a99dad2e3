import { publicCloud } from '../domain/terms/clouds.ts'
import type { Reading } from '../domain/terms/reading.ts'
import { absentOn, reword, type Ask, type To } from './call.ts'
import { everyPage } from './pages.ts'
import type { SendJson } from './rest.ts'
import type { Assigned } from './role-looks.ts'

/**
 * What Azure Lighthouse delegates at a scope to other tenants; nothing where it is a group that is not there. Over REST: no
 * client of it is among our packages. https://learn.microsoft.com/rest/api/managedservices/registration-assignments/list
 */
export async function delegationsAt(scope: string, ask: Ask, sendJson: SendJson): Promise<Reading<Assigned[]>> {
  const listed = ask('LIST registration assignments', (to) => listedAt(scope, sendJson, to))
  return reword(await absentOn(['ResourceGroupNotFound'], listed), (found) => found ?? [])
}

async function listedAt(scope: string, sendJson: SendJson, to: To): Promise<Assigned[]> {
  const query = 'api-version=2022-10-01&$expandRegistrationDefinition=true'
  const first = `${publicCloud.resourceManager}${scope}/providers/Microsoft.ManagedServices/registrationAssignments?${query}`
  const found = await everyPage((url) => sendJson({ method: 'GET', url }, to('registrationAssignments.list')), first)
  return found.flatMap(({ id, properties: { registrationDefinition } }) => {
    const { managedByTenantId: tenant, authorizations, eligibleAuthorizations } = registrationDefinition.properties
    return [...authorizations, ...(eligibleAuthorizations ?? [])].map(({ principalId, roleDefinitionId: roleId }) => ({
      roleId,
      principalId,
      principalType: 'ForeignGroup',
      scope: id.replace(/\/providers\/Microsoft\.ManagedServices\/.*$/i, ''),
      tenant
    }))
  })
}
