/** Whether a role given at `scope` holds at the resource: there, at its group or subscription, or above all subscriptions. */
export const holdsAt = (scope: string, resourceId: string): boolean => isAbove(scope) || isWithin(resourceId, scope)

/** Whether a role given at `scope` reaches the resource or anything in it, e.g. one key of a vault. */
export const reaches = (scope: string, resourceId: string): boolean =>
  holdsAt(scope, resourceId) || isWithin(scope, resourceId)

/** What in the resource a role was given on, e.g. `keys/NAME`; undefined where it holds at the resource itself. */
export const partOf = (resourceId: string, scope: string): string | undefined =>
  holdsAt(scope, resourceId) ? undefined : scope.slice(resourceId.replace(/\/+$/, '').length + 1)

/** The tenant's root or a management group: a subscription's own list names only those that it is under. */
const isAbove = (scope: string): boolean =>
  scope === '/' || /^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+\/?$/i.test(scope)

const isWithin = (id: string, container: string): boolean => `${bare(id)}/`.startsWith(`${bare(container)}/`)

const bare = (id: string): string => id.toLowerCase().replace(/\/+$/, '')
