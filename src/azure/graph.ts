import type { Call } from '../domain/terms/evidence.ts'
import type { Reading } from '../domain/terms/reading.ts'
import type { AnswerName, AnswerTo } from './answers/answers.ts'
import type {
  DirectoryApplication,
  DirectoryObject,
  DirectoryUser,
  GroupMember,
  LicenceSku
} from '../domain/resources/directory.ts'
import { publicCloud } from '../domain/terms/clouds.ts'
import { absentOn, createAsk, reword } from './call.ts'
import type { Connection } from './call.ts'
import { pages, type Listed, type PagedName } from './graph-pages.ts'
import { standingReads } from './graph-standing.ts'
import { createSendJson } from './rest.ts'

export type Graph = ReturnType<typeof createGraph>

/** Microsoft Graph: reads about the tenant, all by the identity `app`. */
export function createGraph(connection: Connection) {
  const ask = createAsk(connection, 'Microsoft Graph')
  const sendJson = createSendJson(connection, `${root}/.default`)
  const get = <Name extends AnswerName>(
    operation: string,
    path: string,
    name: Name
  ): Promise<Reading<AnswerTo<Name>>> =>
    ask(operation, (to) => sendJson({ method: 'GET', url: `${root}/v1.0/${path}` }, to(name)))
  const list = <Name extends PagedName>(
    operation: string,
    path: string,
    name: Name
  ): Promise<Reading<Listed<Name>[]>> => ask(operation, (to) => pages(sendJson, `${root}/v1.0/${path}`, { to, name }))
  const look = <Name extends Looked>(name: Name, path: string, fields = 'id,displayName') =>
    absentOn(['Request_ResourceNotFound'], get(`GET ${looked[name]}`, `${path}?$select=${fields}`, name))
  /** A person by user principal name or object id (R33). */
  const user = async (name: string): Promise<Reading<DirectoryUser | undefined>> =>
    reword(await look('users.get', `users/${encodeURIComponent(name)}`, userFields), (found) => found && toUser(found))
  return {
    ...standingReads(ask, sendJson),

    /** Licences of the tenant (R3). */
    subscribedSkus: async (): Promise<Reading<LicenceSku[]>> =>
      reword(await list('GET subscribed SKUs', 'subscribedSkus', 'subscribedSkus.list'), (found) => found.map(toSku)),

    /** Tenant id and its verified domain names (R8). */
    organization: async (): Promise<Reading<{ tenantId: string; verifiedDomains: string[] }>> =>
      reword(
        await get('GET organization', 'organization?$select=id,verifiedDomains', 'organization.list'),
        ({ value: [{ id, verifiedDomains }] }) => ({
          tenantId: id,
          verifiedDomains: verifiedDomains.map(({ name }) => name)
        })
      ),

    /** The tenant's service principal of an application; its object id differs in every tenant (R37, R38). */
    servicePrincipal: async (appId: string): Promise<Reading<DirectoryApplication | undefined>> => {
      const path = `servicePrincipals(appId='${encodeURIComponent(appId)}')`
      return reword(
        await look('servicePrincipals.get', path, 'id,displayName,accountEnabled'),
        (found) => found && { ...toObject(found), enabled: found.accountEnabled ?? undefined }
      )
    },

    user,

    /**
     * Everybody whom a name may mean: whose user principal name it is, and whose address, since guests have names of another form
     * than the address that they go by. https://learn.microsoft.com/graph/api/user-list
     */
    usersCalled: async (name: string): Promise<{ value: DirectoryUser[]; calls: readonly Call[] }> => {
      const { value: own, call } = await user(name)
      const path = `users?$filter=${encodeURIComponent(addressFilter(name))}&$select=${userFields}`
      const found = await list('GET user', path, 'users.list')
      const others = found.value.map(toUser).filter(({ objectId }) => objectId !== own?.objectId)
      return { value: own ? [own, ...others] : others, calls: [call, found.call] }
    },

    /** A group by object id (R11). */
    group: async (objectId: string): Promise<Reading<DirectoryObject | undefined>> =>
      reword(await look('groups.get', `groups/${encodeURIComponent(objectId)}`), (found) => found && toObject(found)),

    /**
     * Members of a group, those of groups within it included (R11); reading stops once there are more users than `most`.
     * Without an OData cast, which would read an index that lags behind the directory.
     * https://learn.microsoft.com/graph/api/group-list-transitivemembers
     */
    transitiveMembers: (groupId: string, most: number): Promise<Reading<GroupMember[]>> =>
      ask('GET group members', async (to) => {
        const url = `groups/${encodeURIComponent(groupId)}/transitiveMembers?$select=id,userPrincipalName,mail&$top=999`
        const isEnough = (read: readonly Member[]) =>
          read.map(toMember).filter(({ upn }) => upn !== undefined).length > most
        const name = 'groups.listTransitiveMembers'
        const found = await pages(sendJson, `${root}/v1.0/${url}`, { to, name, enough: isEnough })
        return found.map(toMember)
      })
  }
}

type Member = Listed<'groups.listTransitiveMembers'>

const looked = {
  'servicePrincipals.get': 'service principal',
  'users.get': 'user',
  'groups.get': 'group'
} as const

type Looked = keyof typeof looked

const root = publicCloud.graph

/** A quote within a value is doubled; the first of a mailbox's addresses has its scheme in capitals. */
function addressFilter(name: string): string {
  const address = name.replaceAll("'", "''")
  const further = ['smtp', 'SMTP'].map((scheme) => `proxyAddresses/any(a:a eq '${scheme}:${address}')`)
  return [`mail eq '${address}'`, ...further].join(' or ')
}

const userFields = 'id,displayName,userPrincipalName,mail,accountEnabled'

const toUser = (found: AnswerTo<'users.get'>): DirectoryUser => ({
  ...toObject(found),
  upn: found.userPrincipalName.toLowerCase(),
  mail: found.mail ?? undefined,
  enabled: found.accountEnabled
})

const toObject = ({ id, displayName }: AnswerTo<'groups.get'>): DirectoryObject => ({
  objectId: id,
  displayName: displayName ?? ''
})

function toMember({ id, userPrincipalName, mail, ...rest }: Member): GroupMember {
  const isUser = rest['@odata.type'] === '#microsoft.graph.user'
  return {
    objectId: id,
    upn: isUser ? userPrincipalName?.toLowerCase() : undefined,
    ...(isUser && mail && { mail })
  }
}

function toSku({
  skuPartNumber,
  capabilityStatus,
  prepaidUnits,
  servicePlans
}: AnswerTo<'subscribedSkus.list'>['value'][number]): LicenceSku {
  return {
    skuPartNumber,
    capabilityStatus,
    enabledUnits: prepaidUnits,
    servicePlans: servicePlans.map(({ servicePlanId: id, provisioningStatus: status }) => ({ id, status }))
  }
}
