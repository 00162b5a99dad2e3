import { sameText } from './same-text.ts'

/** A resource of a subscription as Azure lists it. */
export interface ListedResource {
  /** ARM id. */
  readonly id: string
  readonly type: string
}

/** What of a subscription is Customer Key's, by name. */
export interface OwnResources {
  /** Those of the plan, and those that the app manages beside it: no two vaults of Azure have one name. */
  readonly vaultNames: readonly string[]
  /** Where those vaults are: a drill makes its own beside them. */
  readonly resourceGroups: readonly string[]
}

/**
 * Ids of what neither an onboarding nor the slot's deployment made. Names decide: a tag neither makes something ours, since
 * anybody may write it, nor does one that is missing make the vault with the keys somebody else's.
 * `account`: of the slot's store.
 */
export function foreignAmong(listed: readonly ListedResource[], own: OwnResources, account: string): string[] {
  const store = storeAmong(listed, account)
  return listed.filter((each) => !isMade(each, own) && !isDeployed(each, store, account)).map(({ id }) => id)
}

/** What infra/modules/slot-alerts.bicep tells of, by the end of each rule's name. */
export const slotAlerts = ['roles-changed', 'vault-changed', 'registration-withdrawn', 'watch-changed'] as const

/** Which of its alerts a slot's deployment has not made, or somebody has taken away. `account`: of the slot's store. */
export function alertsMissing(listed: readonly ListedResource[], account: string): string[] {
  const store = storeAmong(listed, account)
  const there = listed.filter((each) => store && sameText(groupOf(each), groupOf(store)) && isAlert(each))
  return slotAlerts.filter((alert) => !there.some((each) => nameOf(each).toLowerCase().endsWith(`-${alert}`)))
}

const isAlert = (resource: ListedResource): boolean =>
  isOf(resource, 'Microsoft.Insights/activityLogAlerts') && /^alert-.+-ck-slot[12]-[a-z-]+$/i.test(nameOf(resource))

/** By infra/modules/slot-log.bicep: the slot's workspace, and the rules that ask it. */
const isLog = (resource: ListedResource): boolean =>
  (isOf(resource, 'Microsoft.OperationalInsights/workspaces') && /^log-.+-ck-slot[12]$/i.test(nameOf(resource))) ||
  (isOf(resource, 'Microsoft.Insights/scheduledQueryRules') && /^alert-.+-ck-slot[12]-[a-z-]+$/i.test(nameOf(resource)))

const storeAmong = (listed: readonly ListedResource[], account: string): ListedResource | undefined =>
  listed.find((each) => isOf(each, 'Microsoft.Storage/storageAccounts') && sameText(nameOf(each), account))

/** By an onboarding: a vault, and the system topic of its events (src/azure/events.ts); or by a drill. */
function isMade(resource: ListedResource, { vaultNames, resourceGroups }: OwnResources): boolean {
  const name = nameOf(resource)
  if (isOf(resource, 'Microsoft.EventGrid/systemTopics'))
    return vaultNames.some((vault) => sameText(`${vault}-events`, name))
  if (!isOf(resource, 'Microsoft.KeyVault/vaults')) return false
  const isDrill = /^ck-drill-\d{6}-[0-9a-f]{8}$/i.test(name)
  return isAmong(vaultNames, name) || (isDrill && isAmong(resourceGroups, groupOf(resource)))
}

/** By infra/slot.bicep, which names it so (infra/names.bicep): the store, and what stands in the store's group. */
function isDeployed(resource: ListedResource, store: ListedResource | undefined, account: string): boolean {
  if (!store || !sameText(groupOf(resource), groupOf(store))) return false
  const name = nameOf(resource)
  return (
    sameText(resource.id, store.id) ||
    (isOf(resource, 'Microsoft.ManagedIdentity/userAssignedIdentities') &&
      /^id-.+-ck-dead-letters-[12]$/i.test(name)) ||
    (isOf(resource, 'Microsoft.Insights/actionGroups') && /^ag-.+-ck-slot[12]$/i.test(name)) ||
    isAlert(resource) ||
    isLog(resource) ||
    (isOf(resource, 'Microsoft.Network/privateEndpoints') && sameText(name, `pep-${account}`))
  )
}

const isOf = (resource: ListedResource, type: string): boolean => sameText(resource.type, type)

const isAmong = (names: readonly string[], name: string): boolean => names.some((each) => sameText(each, name))

const nameOf = ({ id }: ListedResource): string => id.split('/').at(-1) ?? ''

const groupOf = ({ id }: ListedResource): string => /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? ''
