import { DatabaseSync } from 'node:sqlite'
import { messageOf } from '../log.ts'

/**
 * Holds `file` for this process until released. It is an SQLite lock, thus one of the operating system: it ends with
 * the process however that dies, and a dead host never blocks the next one.
 */
export function lockState(file: string): { release(): void } {
  const lock = new DatabaseSync(`${file}.lock`)
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (isBusy(error))
      throw new Error(`Another host is running on ${file}. Stop it, or give this one another --state file.`)
    throw new Error(`${file}.lock cannot be written: ${messageOf(error)}. Give it room on the disk and try again.`, {
      cause: error
    })
  }
  return { release: () => lock.close() }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}

const SQLITE_BUSY = 5
