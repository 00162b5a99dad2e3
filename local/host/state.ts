import type { DatabaseSync } from 'node:sqlite'
import { type Clock, realClock, skippingClock } from './clock.ts'
import { type Log, messageOf } from './log.ts'
import { lockState } from './store/lock.ts'
import { openDatabase } from './store/open.ts'
import { Store } from './store/store.ts'
import { createWriter, type Write } from './store/writes.ts'

export interface State {
  readonly store: Store
  readonly write: Write
  /** A clock that keeps the time this file has come to. */
  readonly clock: (kind: 'real' | 'skip') => Clock
  readonly close: () => Promise<void>
  /** Lets go of it as a power cut would. */
  readonly abandon: () => void
}

/** Opens the state file for this process alone, or takes a state in memory. `onFailure`: it can no longer be written. */
export function openState(file: string | DatabaseSync, log: Log, onFailure: (error: unknown) => void): State {
  return typeof file === 'string' ? openFile(file, log, onFailure) : stateOf(file, onFailure, () => undefined)
}

function openFile(file: string, log: Log, onFailure: (error: unknown) => void): State {
  const lock = lockState(file)
  try {
    const database = openDatabase(file)
    const failed = (error: unknown): void => {
      log({ level: 'critical', source: 'host', message: `${file} cannot be written: ${messageOf(error)}` })
      onFailure(error)
    }
    return stateOf(database, failed, () => {
      database.close()
      lock.release()
    })
  } catch (error) {
    lock.release()
    throw error
  }
}

function stateOf(database: DatabaseSync, onFailure: (error: unknown) => void, letGo: () => void): State {
  const store = new Store(database)
  const offset = unsavedOffset(store)
  const { write, close, abandon } = createWriter(database, { alongside: offset.store, onFailure })
  return {
    store,
    write,
    clock(kind) {
      const stored = Number(store.meta(CLOCK_OFFSET) ?? 0)
      return kind === 'skip' ? skippingClock(stored, offset.save) : realClock(stored)
    },
    async close() {
      // Whatever the clock has skipped goes with it.
      await Promise.all([write(() => undefined), close()])
      letGo()
    },
    abandon() {
      abandon()
      letGo()
    }
  }
}

const CLOCK_OFFSET = 'clock-offset-ms'

/** An offset is kept with whatever is written next: nothing that a skipped timer brings about is carried out before. */
function unsavedOffset(store: Store): { save: (offsetMs: number) => void; store: () => void } {
  let unsaved: number | undefined
  return {
    save(offsetMs) {
      unsaved = offsetMs
    },
    store() {
      if (unsaved !== undefined) store.setMeta(CLOCK_OFFSET, String(unsaved))
      unsaved = undefined
    }
  }
}
