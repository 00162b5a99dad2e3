import type { Instance } from '../store/rows.ts'
import type { Store } from '../store/store.ts'

/**
 * Instances that were purged while an activity of theirs ran. Its late result makes their row anew, without a history: the
 * extension, which still knows how they ended, takes the missing row for one that it failed to write (seen of it, 3 of 7;
 * AzureStorageOrchestrationService.cs, IsExecutableInstanceAsync).
 */
export class Ghosts {
  readonly #purged = new Map<string, Instance>()

  /** Inside the write of a purge. */
  note(store: Store, instance: Instance): void {
    if (store.hasActivities(instance.id)) this.#purged.set(instance.id, instance)
  }

  /** Inside a write: a late result came for an instance that has no row. */
  comeBack(store: Store, id: string): void {
    const instance = this.#purged.get(id)
    this.#purged.delete(id)
    if (instance && store.status(id) === undefined) store.putInstance(instance)
  }
}
