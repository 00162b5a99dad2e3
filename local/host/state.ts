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
}

/** Opens the state file for this process alone. `onFailure`: it can no longer be written. */
export function openState(file: string, log: Log, onFailure: (error: unknown) => void): State {
  const lock = lockState(file)
  try {
    const database = openDatabase(file)
    const store = new Store(database)
    const { write, close } = createWriter(database, error => {
      log({ level: 'critical', source: 'host', message: `${file} cannot be written: ${messageOf(error)}` })
      onFailure(error)
    })
    const save = (offsetMs: number): Promise<void> => write(() => store.setMeta(CLOCK_OFFSET, String(offsetMs)))
    return {
      store,
      write,
      clock(kind) {
        const offset = Number(store.meta(CLOCK_OFFSET) ?? 0)
        return kind === 'skip' ? skippingClock(offset, save) : realClock(offset)
      },
      async close() {
        await close()
        database.close()
        lock.release()
      }
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

const CLOCK_OFFSET = 'clock-offset-ms'
