import type { DatabaseSync } from 'node:sqlite'

/** Runs `job` inside a transaction. Resolves once the commit is on disk; rejects, alone, with what `job` threw. */
export type Write = <T>(job: () => T) => Promise<T>

interface Waiting {
  /** Runs the job; hands back what to tell its caller after the commit. */
  readonly run: () => () => void
  readonly fail: (error: unknown) => void
}

/**
 * Writes that are ready together share one commit, and so one wait for the disk. Each has its own savepoint: a job
 * that throws takes back its own rows and no others.
 */
export function createWriter(
  database: DatabaseSync,
  onFailure: (error: unknown) => void
): { write: Write; flush: () => Promise<void> } {
  let waiting: Waiting[] = []
  let flushed: Promise<void> = Promise.resolve()

  const commit = (): void => {
    const batch = waiting
    waiting = []
    try {
      database.exec('BEGIN IMMEDIATE')
      const tell = batch.map(job => inSavepoint(database, job))
      database.exec('COMMIT')
      for (const one of tell) one()
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      for (const { fail } of batch) fail(error)
      onFailure(error)
    }
  }

  const write: Write = job =>
    new Promise((resolve, reject) => {
      const run = (): (() => void) => {
        const result = job()
        return () => resolve(result)
      }
      waiting.push({ run, fail: reject })
      if (waiting.length === 1)
        flushed = new Promise(done =>
          setImmediate(() => {
            commit()
            done()
          })
        )
    })

  return { write, flush: () => flushed }
}

function inSavepoint(database: DatabaseSync, { run, fail }: Waiting): () => void {
  database.exec('SAVEPOINT job')
  try {
    const tell = run()
    database.exec('RELEASE job')
    return tell
  } catch (error) {
    database.exec('ROLLBACK TO job; RELEASE job')
    return () => fail(error)
  }
}
