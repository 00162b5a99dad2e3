import { holds } from './holds.ts'
import { isLookedAt, type PlannedWrite } from './planned-write.ts'
import { unsure, type Value } from './unsure.ts'

/** What every plan writes, as far as each plan writes the same. */
const kinds: readonly Pick<PlannedWrite, 'type' | 'location' | 'tags'>[] = [
  { type: 'Microsoft.Resources/subscriptions/resourceGroups', location: '', tags: {} },
  { type: 'Microsoft.KeyVault/vaults', location: '', tags: {} },
  { type: 'Microsoft.KeyVault.Data/vaults/keys', location: '' },
  { type: 'Microsoft.EventGrid/systemTopics', location: '', tags: {} },
  { type: 'Microsoft.EventGrid/systemTopics/eventSubscriptions' }
]

/** Whether a rule can hold of anything that any plan writes, whatever its parameters and whatever the plan. */
export const touches = ({ mode, condition }: { readonly mode: string; readonly condition: Value }): boolean =>
  kinds
    .map((kind) => ({ ...kind, id: '', name: '', fullName: '', properties: {}, isNeeded: true }))
    .some(
      (write) =>
        isLookedAt(write, mode) &&
        holds(condition, { fields: { write, hidden: (field) => field !== 'type' }, parameters: () => unsure }) !== false
    )
