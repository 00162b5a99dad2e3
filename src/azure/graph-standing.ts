import type { GivenAppRole } from '../domain/resources/directory.ts'
import type { Reading } from '../domain/terms/reading.ts'
import { publicCloud } from '../domain/terms/clouds.ts'
import type { Ask } from './call.ts'
import { pages } from './graph-pages.ts'
import type { SendJson } from './rest.ts'

const root = `${publicCloud.graph}/v1.0`

/** What somebody is in the tenant at this moment: roles of an application, groups, and groups that they may enter. */
export const standingReads = (ask: Ask, sendJson: SendJson) => ({
  /**
   * Who has which role of an application, people and groups.
   * https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignedto
   */
  appRolesGiven: (appId: string): Promise<Reading<GivenAppRole[]>> =>
    ask('GET app role assignments', async (to) => {
      const application = `${root}/servicePrincipals(appId='${encodeURIComponent(appId)}')`
      const [roles, given] = [
        `${application}?$select=id,displayName,appRoles`,
        `${application}/appRoleAssignedTo?$top=999`
      ]
      const { appRoles = [] } = await sendJson({ method: 'GET', url: roles }, to('servicePrincipals.get'))
      const valueOf = new Map(appRoles.map(({ id, value }) => [id, value ?? undefined]))
      return (await pages(sendJson, given, { to, name: 'servicePrincipals.listAppRoleAssignedTo' })).map(
        ({ principalId, principalType, appRoleId }) => ({
          to: principalId,
          toGroup: principalType === 'Group',
          role: valueOf.get(appRoleId)
        })
      )
    }),

  /**
   * In which of these groups somebody is, directly or through groups within them; at most 20 at a time.
   * https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups
   */
  groupsAmong: (objectId: string, groupIds: readonly string[]): Promise<Reading<string[]>> =>
    ask('POST check member groups', async (to) => {
      const url = `${root}/users/${encodeURIComponent(objectId)}/checkMemberGroups`
      const found: string[] = []
      for (let from = 0; from < groupIds.length; from += mostGroups) {
        const json = { groupIds: groupIds.slice(from, from + mostGroups) }
        found.push(...(await sendJson({ method: 'POST', url, json }, to('users.checkMemberGroups'))).value)
      }
      return found
    }),

  /**
   * Groups that somebody may become a member of on demand (PIM for Groups), named there directly.
   * https://learn.microsoft.com/graph/api/privilegedaccessgroup-list-eligibilityschedules
   */
  eligibleGroups: (objectId: string): Promise<Reading<string[]>> =>
    ask('GET eligibility schedules', async (to) => {
      const list = `${root}/identityGovernance/privilegedAccess/group/eligibilitySchedules`
      const filter = encodeURIComponent(`principalId eq '${objectId}'`)
      const found = await pages(sendJson, `${list}?$filter=${filter}`, {
        to,
        name: 'privilegedAccessGroup.listEligibilitySchedules'
      })
      return found.map(({ groupId }) => groupId)
    })
})

/** Of one call. */
const mostGroups = 20
