import type { ReachableAzure } from '../../local/azure/start.ts'
import type { Collection, World } from '../../local/azure/core/world.ts'

/** Breaks something in the simulated Azure; what it returns cures it. */
export type Spoil = (azure: ReachableAzure) => () => void

type Records<T extends object> = (world: World) => Collection<T>

/** Changes one record; the cure puts back what was there. */
export const altered =
  <T extends object>(records: Records<T>, id: string, change: (record: T) => T): Spoil =>
  ({ world }) => {
    const whole = recordOf(records(world), id)
    records(world).set(id, change(whole))
    return () => records(world).set(id, whole)
  }

/** Removes one record until the cure puts it back. */
export const removed =
  <T extends object>(records: Records<T>, id: string): Spoil =>
  ({ world }) => {
    const whole = recordOf(records(world), id)
    records(world).delete(id)
    return () => records(world).set(id, whole)
  }

/** Puts a record where there is none; the cure removes it. */
export const added =
  <T extends object>(records: Records<T>, id: string, record: T): Spoil =>
  ({ world }) => {
    if (records(world).has(id)) throw new Error(`There is a ${id} already: the case would break nothing new.`)
    records(world).set(id, record)
    return () => void records(world).delete(id)
  }

/** Every record that is chosen, changed at once. */
export const each =
  <T extends object>(records: Records<T>, chosen: (record: T) => string | undefined, change: (record: T) => T): Spoil =>
  (azure) => {
    const ids = records(azure.world)
      .values()
      .flatMap((record) => chosen(record) ?? [])
    if (ids.length === 0) throw new Error('There is nothing to change: the case would break nothing.')
    return together(...ids.map((id) => altered(records, id, change)))(azure)
  }

/** Several at once. */
export const together =
  (...spoils: readonly Spoil[]): Spoil =>
  (azure) => {
    const cures = spoils.map((spoil) => spoil(azure))
    return () => cures.forEach((cure) => cure())
  }

/** A sweep that comes by backs up no key `another` that is to be gone again: it would miss it for good. */
export const anotherUnkept: Spoil = ({ faults }) =>
  faults.add({
    service: 'keyvault',
    operation: 'keys.backup',
    kind: 'status',
    status: 403,
    code: 'Forbidden',
    times: 'always',
    fits: ({ path }) => path.includes('/keys/another/')
  })

function recordOf<T extends object>(collection: Collection<T>, id: string): T {
  const record = collection.get(id)
  if (!record) throw new Error(`The simulated Azure has no ${id}: the case would break nothing.`)
  return record
}
