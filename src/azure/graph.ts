import type { Reading } from '../domain/terms/reading.ts'
import { z } from 'zod'
import type { DirectoryObject, DirectoryUser, GroupMember, LicenceSku } from '../domain/resources/directory.ts'
import { publicCloud } from '../domain/terms/clouds.ts'
import { absentOn, createAsk, reword } from './call.ts'
import type { Connection } from './call.ts'
import { createSendJson } from './rest.ts'

export type Graph = ReturnType<typeof createGraph>

/** Microsoft Graph: reads about the tenant, all by the identity `app`. */
export function createGraph(connection: Connection) {
  const ask = createAsk(connection, 'Microsoft Graph')
  const sendJson = createSendJson(connection, `${root}/.default`)
  const get = <T>(operation: string, path: string, shape: z.ZodType<T>): Promise<Reading<T>> =>
    ask(operation, (options) => sendJson({ method: 'GET', url: `${root}/v1.0/${path}` }, shape, options))
  const look = (operation: string, path: string, fields: string) =>
    absentOn(['Request_ResourceNotFound'], get(operation, `${path}?$select=${fields}`, directoryObject))
  const find = async (operation: string, path: string): Promise<Reading<DirectoryObject | undefined>> =>
    reword(await look(operation, path, 'id,displayName'), (found) => found && toObject(found))
  return {
    /** Licences of the tenant (R3). */
    subscribedSkus: async (): Promise<Reading<LicenceSku[]>> =>
      reword(await get('GET subscribed SKUs', 'subscribedSkus', skus), ({ value }) => value.map(toSku)),

    /** Tenant id and its verified domain names (R8). */
    organization: async (): Promise<Reading<{ tenantId: string; verifiedDomains: string[] }>> =>
      reword(
        await get('GET organization', 'organization?$select=id,verifiedDomains', organizations),
        ({ value: [{ id, verifiedDomains }] }) => ({
          tenantId: id,
          verifiedDomains: verifiedDomains.map(({ name }) => name)
        })
      ),

    /** The tenant's service principal of an application; its object id differs in every tenant (R37, R38). */
    servicePrincipal: (appId: string): Promise<Reading<DirectoryObject | undefined>> =>
      find('GET service principal', `servicePrincipals(appId='${encodeURIComponent(appId)}')`),

    /** A person by user principal name or object id (R33). */
    user: async (name: string): Promise<Reading<DirectoryUser | undefined>> =>
      reword(
        await look('GET user', `users/${encodeURIComponent(name)}`, 'id,displayName,mail'),
        (found) => found && { ...toObject(found), mail: found.mail ?? undefined }
      ),

    /** A group by object id (R11). */
    group: (objectId: string): Promise<Reading<DirectoryObject | undefined>> =>
      find('GET group', `groups/${encodeURIComponent(objectId)}`),

    /**
     * Members of a group, those of groups within it included (R11); reading stops once there are more users than `most`.
     * Without an OData cast, which would read an index that lags behind the directory.
     * https://learn.microsoft.com/graph/api/group-list-transitivemembers
     */
    transitiveMembers: async (groupId: string, most: number): Promise<Reading<GroupMember[]>> => {
      const members: GroupMember[] = []
      let path = `groups/${encodeURIComponent(groupId)}/transitiveMembers?$select=id,userPrincipalName&$top=999`
      for (;;) {
        const { value: page, call } = await get('GET group members', path, memberPage)
        members.push(...page.value.map(toMember))
        const next = page['@odata.nextLink']
        if (next === undefined || members.filter(({ upn }) => upn !== undefined).length > most)
          return { value: members, call }
        path = next.replace(`${root}/v1.0/`, '')
      }
    }
  }
}

const root = publicCloud.graph

const directoryObject = z.object({ id: z.string(), displayName: z.string().nullish(), mail: z.string().nullish() })

const toObject = ({ id, displayName }: z.output<typeof directoryObject>): DirectoryObject => ({
  objectId: id,
  displayName: displayName ?? ''
})

const member = z.object({ '@odata.type': z.string(), id: z.string(), userPrincipalName: z.string().nullish() })
const memberPage = z.object({ value: z.array(member), '@odata.nextLink': z.string().optional() })

function toMember({ id, userPrincipalName, ...rest }: z.output<typeof member>): GroupMember {
  const isUser = rest['@odata.type'] === '#microsoft.graph.user'
  return { objectId: id, upn: isUser ? userPrincipalName?.toLowerCase() : undefined }
}

const organization = z.object({ id: z.string(), verifiedDomains: z.array(z.object({ name: z.string() })) })
const organizations = z.object({ value: z.tuple([organization]) })

const sku = z.object({
  skuPartNumber: z.string(),
  capabilityStatus: z.string(),
  prepaidUnits: z.object({ enabled: z.number() }),
  servicePlans: z.array(z.object({ servicePlanId: z.string(), provisioningStatus: z.string() }))
})
const skus = z.object({ value: z.array(sku) })

function toSku({ skuPartNumber, capabilityStatus, prepaidUnits, servicePlans }: z.output<typeof sku>): LicenceSku {
  return {
    skuPartNumber,
    capabilityStatus,
    enabledUnits: prepaidUnits.enabled,
    servicePlans: servicePlans.map(({ servicePlanId: id, provisioningStatus: status }) => ({ id, status }))
  }
}
