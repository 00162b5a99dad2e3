import { check, type DeployedCheck } from './check.ts'
import type { SlotFacts } from './facts.ts'
import { listSaid, said } from './resource.ts'

/** Roles below a lock are never taken away again, so no person has one: docs/decisions/0130-operators-are-a-group.md. */
export const rolesByGroupCheck: DeployedCheck<SlotFacts> = check<SlotFacts, 'given'>(
  'roles-by-group',
  ['given'],
  ({ given }) =>
    given.flatMap((each) =>
      said(each, 'principalType') === 'User'
        ? [
            {
              on: String(said(each, 'scope')).split('/').at(-1) ?? '',
              observed: `the person ${String(said(each, 'principalId'))} has a role of their own there`,
              cure: `Put them into the slot’s group of operators; then, with the lock off for that moment (docs/uninstall.md), az role assignment delete --ids ${each.id}`
            }
          ]
        : []
    )
)

/** Each vault of the slot tells the app of its keys. */
export const eventsCheck: DeployedCheck<SlotFacts> = check<SlotFacts, 'events'>(
  'event-subscriptions',
  ['events'],
  ({ events }) =>
    events.flatMap(({ vault, subscriptions }) =>
      subscriptions.some(
        (each) =>
          said(each, 'provisioningState') === 'Succeeded' && listSaid(each, 'filter.includedEventTypes').length > 0
      )
        ? []
        : [
            {
              on: vault,
              observed: 'no event subscription tells the app of its keys: only the sweep sees changes',
              cure: 'azd hooks run postdeploy, where CKEY_EVENT_ENDPOINT is not set; then docs/runbooks/events-subscribed.md'
            }
          ]
    )
)
