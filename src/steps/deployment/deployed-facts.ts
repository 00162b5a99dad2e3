import type { Deployed } from '../../azure/deployed.ts'
import { appGroups } from '../../domain/deployment/app-checks.ts'
import type { Place } from '../../domain/deployment/check.ts'
import type { AppFacts, Log, PartFacts, SlotFacts } from '../../domain/deployment/facts.ts'
import { lastName, said, type Resource } from '../../domain/deployment/resource.ts'
import { slotGroup } from '../../domain/deployment/slot-checks.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import type { Slot } from '../../domain/terms/evidence.ts'
import { once } from '../../lazily.ts'
import { deployedVersions as versions, type DeployedType } from './deployed-versions.ts'

/** How each fact is read; a read that is refused throws, and says nothing of the others. */
export type Looks<Facts> = { readonly [Fact in keyof Facts]: () => Promise<Facts[Fact]> }

/** What is asked of the app's part, in the third subscription. */
export function appLooks(deployed: Deployed, { subscriptionId, namePrefix }: Place): Looks<AppFacts> {
  const names = appGroups(namePrefix)
  const groups = [names.app, names.records]
  const ask = asking(deployed, subscriptionId)
  const isRecords = ({ id }: Resource): boolean => id.toLowerCase().includes(`/resourcegroups/${names.records}/`)
  const stores = once(() => ask.across(groups, 'Microsoft.Storage/storageAccounts'))
  const records = async () => (await stores()).find(isRecords)
  const site = once(async () => (await ask.inGroup(names.app, 'Microsoft.Web/sites'))[0])
  const services = once(() => ask.inGroup(names.app, 'Microsoft.Communication/communicationServices'))
  return {
    ...ask.part(groups, { stores, kept: records, containers: ['ledger'] }),
    site: async () => {
      const found = await site()
      return found && deployed.get(found.id, versions['Microsoft.Web/sites'])
    },
    settings: async () => {
      const found = await site()
      return found ? deployed.settings(found.id, versions['Microsoft.Web/sites']) : {}
    },
    logs: async () => {
      const written = (await stores()).filter((store) => isRecords(store) || /ckdepl/.test(store.name))
      return Promise.all([
        ...written.map(({ id, name }) => ask.log(name, `${id}/blobServices/default`)),
        ...(await services()).map(({ id, name }) => ask.log(name, id))
      ])
    },
    availability: () => ask.all(names.app, ['Microsoft.Insights/webtests', 'Microsoft.Insights/metricAlerts']),
    mail: async () => {
      const emails = await ask.inGroup(names.app, 'Microsoft.Communication/emailServices')
      const version = versions['Microsoft.Communication/emailServices']
      const domains = await Promise.all(emails.map(({ id }) => deployed.list(`${id}/domains`, version)))
      return { services: await services(), domains: domains.flat() }
    },
    network: async () => ({
      endpoints: await ask.inGroup(names.app, 'Microsoft.Network/privateEndpoints'),
      zones: await ask.inGroup(names.app, 'Microsoft.Network/privateDnsZones'),
      provider: await deployed.registration(subscriptionId, 'Microsoft.App')
    })
  }
}

/** What is asked of one slot's part. */
export function slotLooks(deployed: Deployed, { subscriptionId, namePrefix }: Place, slot: Slot): Looks<SlotFacts> {
  const group = slotGroup(namePrefix, slot)
  const ask = asking(deployed, subscriptionId)
  const stores = once(() => ask.inGroup(group, 'Microsoft.Storage/storageAccounts'))
  const store = async () => (await stores())[0]
  const vaults = once(() =>
    deployed.list(
      `/subscriptions/${subscriptionId}/resources?$filter=${encodeURIComponent("resourceType eq 'Microsoft.KeyVault/vaults'")}`,
      versions['Microsoft.Resources/resourceGroups']
    )
  )
  return {
    ...ask.part([group], { stores, kept: store, containers: ['backups', 'evidence'] }),
    slot: async () => slot,
    given: async () => {
      const found = await store()
      const given = found ? await ask.below(found.id, 'Microsoft.Authorization/roleAssignments') : []
      // The list has what is given above, too: that is no matter of the store's lock.
      const within = `${found?.id ?? ''}/`.toLowerCase()
      return given.filter((each) => `${String(said(each, 'scope'))}/`.toLowerCase().startsWith(within))
    },
    logs: async () =>
      Promise.all([
        ...(await stores()).map(({ id, name }) => ask.log(name, `${id}/blobServices/default`)),
        ...(await vaults()).map((vault) => ask.log(lastName(vault), vault.id))
      ]),
    events: async () => Promise.all((await vaults()).map((vault) => ask.eventsOf(vault)))
  }
}

interface Kept {
  readonly stores: () => Promise<readonly Resource[]>
  /** The one that must keep what it has. */
  readonly kept: () => Promise<Resource | undefined>
  readonly containers: readonly string[]
}

function asking(deployed: Deployed, subscriptionId: string) {
  const groupId = (name: string): string => `/subscriptions/${subscriptionId}/resourceGroups/${name}`
  const below = (id: string, type: DeployedType) => deployed.list(`${id}/providers/${type}`, versions[type])
  const inGroup = (group: string, type: DeployedType) => below(groupId(group), type)
  const across = async (groups: readonly string[], type: DeployedType) =>
    (await Promise.all(groups.map((group) => inGroup(group, type)))).flat()
  const all = async (group: string, types: readonly DeployedType[]) =>
    (await Promise.all(types.map((type) => inGroup(group, type)))).flat()
  const log = async (of: string, id: string): Promise<Log> => ({
    of,
    settings: await below(id, 'Microsoft.Insights/diagnosticSettings')
  })

  /** A vault has one system topic at most, in its own group (docs/decisions/0034-events-by-system-topics.md). */
  const eventsOf = async (vault: Resource) => {
    const type = 'Microsoft.EventGrid/systemTopics'
    const topics = await inGroup(/\/resourceGroups\/([^/]+)/i.exec(vault.id)?.[1] ?? '', type)
    const own = topics.filter((topic) => sameText(String(said(topic, 'source')), vault.id))
    const lists = own.map(({ id }) => deployed.list(`${id}/eventSubscriptions`, versions[type]))
    return { vault: lastName(vault), subscriptions: (await Promise.all(lists)).flat() }
  }

  /** What both kinds of part are asked. */
  const part = (names: readonly string[], { stores, kept, containers }: Kept): Omit<Looks<PartFacts>, 'logs'> => {
    const storage = versions['Microsoft.Storage/storageAccounts']
    const groupVersion = versions['Microsoft.Resources/resourceGroups']
    return {
      groups: () =>
        Promise.all(names.map(async (name) => ({ name, group: await deployed.get(groupId(name), groupVersion) }))),
      resources: async () =>
        (await Promise.all(names.map((name) => deployed.list(`${groupId(name)}/resources`, groupVersion)))).flat(),
      stores,
      blobs: async () => {
        const store = await kept()
        return store && deployed.get(`${store.id}/blobServices/default`, storage)
      },
      policies: async () => {
        const store = await kept()
        const at = `${store?.id ?? ''}/blobServices/default/containers`
        return Promise.all(
          containers.map(async (container) => ({
            container,
            policy: store && (await deployed.get(`${at}/${container}/immutabilityPolicies/default`, storage))
          }))
        )
      },
      locks: async () => {
        const store = await kept()
        return store ? below(store.id, 'Microsoft.Authorization/locks') : []
      },
      alerts: () =>
        all(names[0] ?? '', ['Microsoft.Insights/scheduledQueryRules', 'Microsoft.Insights/activityLogAlerts']),
      people: () => inGroup(names[0] ?? '', 'Microsoft.Insights/actionGroups')
    }
  }
  return { below, inGroup, across, all, log, eventsOf, part }
}
