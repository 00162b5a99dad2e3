import type { Collection, World } from '../core/world.ts'

export interface GroupRecord {
  readonly id: string
  readonly displayName: string
  /** Object ids of direct members: users, groups, service principals. */
  readonly members: readonly string[]
}

/** By object id, lower-case. */
export function groups(world: World): Collection<GroupRecord> {
  return world.collection('groups')
}

/** Object ids of all members, those of groups within it included, each once; groups may hold each other in a circle. */
export function transitiveMembers(world: World, groupId: string): string[] {
  const found = new Set<string>()
  const toOpen = [groupId]
  for (let id = toOpen.pop(); id !== undefined; id = toOpen.pop()) {
    for (const member of groups(world).get(id.toLowerCase())?.members ?? []) {
      if (found.has(member) || member === groupId) continue
      found.add(member)
      toOpen.push(member)
    }
  }
  return [...found]
}

/** The object itself and every group it is in: what Azure looks at when it decides what somebody may do. */
export function identitiesOf(world: World, objectId: string): string[] {
  const within = groups(world)
    .values()
    .filter(({ id }) => transitiveMembers(world, id).includes(objectId))
  return [objectId, ...within.map(({ id }) => id)]
}
