import { same } from '../core/same-text.ts'
import { isObject } from '../arm/read-json.ts'
import { AzureError, type Surroundings } from '../core/service.ts'
import type { World } from '../core/world.ts'
import type { Seed } from '../seed-shape.ts'
import { assignedIdentities, type DeadLetterPlace, type SystemTopicRecord } from './topic-record.ts'

/** Where what cannot be delivered goes. Refuses a store that the topic's identity cannot write to. */
export function readDeadLetter(
  value: unknown,
  topic: SystemTopicRecord,
  { world }: Surroundings
): DeadLetterPlace | undefined {
  if (value === undefined || value === null) return undefined
  const { identity, deadLetterDestination } = isObject(value) ? value : {}
  const { userAssignedIdentity } = isObject(identity) ? identity : {}
  const { properties } = isObject(deadLetterDestination) ? deadLetterDestination : {}
  const { resourceId, blobContainerName } = isObject(properties) ? properties : {}
  const place = {
    identity: String(userAssignedIdentity),
    account: String(resourceId),
    container: String(blobContainerName)
  }
  if (!topic.identities.some((each) => same(each, place.identity))) {
    throw new AzureError(
      400,
      'InvalidRequest',
      `The identity '${place.identity}' is not assigned to the system topic '${topic.name}'.`
    )
  }
  requireWritable(place, world)
  return place
}

function requireWritable({ identity, account, container }: DeadLetterPlace, world: World): void {
  const { objectId } = assignedIdentities(world).get(identity.toLowerCase()) ?? {}
  const store = accountOf(account, world)
  const there = store?.containers.some(({ name }) => name === container) ?? false
  const held = store?.assignments.filter(
    (each) => each.objectId === objectId && (each.container ?? container) === container
  )
  if (there && held?.some(({ rights }) => rights.includes('blobs/write'))) return
  throw new AzureError(
    400,
    'InvalidRequest',
    `The dead letter destination '${account}' with the container '${container}' does not exist, or the identity ` +
      `'${identity}' may not write there.`
  )
}

function accountOf(id: string, world: World) {
  const { storage, otherResources } = world.collection<Seed>('seed').get('seed') ?? {}
  const known = otherResources?.find((each) => same(each.id, id))
  return storage?.slots.find(({ name }) => name === known?.name)
}
