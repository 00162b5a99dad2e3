import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** Runs `job` inside a transaction. Resolves once the commit is on disk; rejects, alone, with what `job` threw. */
export type Write = <T>(job: () => T) => Promise<T>

export interface Writer {
  readonly write: Write
  /** Resolves when everything asked for so far is on disk. From then on every write is refused. */
  readonly close: () => Promise<void>
  /** As a power cut would: what is asked for and not yet on disk never is, and nobody is told. */
  readonly abandon: () => void
}

export interface WriterOptions {
  /** Called in every transaction, for what is to be written with whatever else is. */
  readonly alongside: () => void
  /** Told when the file can no longer be written. */
  readonly onFailure: (error: unknown) => void
}

interface WaitingJob {
  /** Runs the job; hands back what to tell its caller after the commit. */
  readonly run: () => () => void
  readonly fail: (error: unknown) => void
}

/**
 * Writes that are ready together share one commit, and so one wait for the disk. A job that throws takes back its own
 * rows and no others: all are then done again, each in a savepoint.
 */
export function createWriter(database: DatabaseSync, { alongside, onFailure }: WriterOptions): Writer {
  const statements = prepare(database)
  let waiting: WaitingJob[] = []
  let flushed: Promise<void> = Promise.resolve()
  let closed = false

  const commit = (): void => {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    try {
      statements.begin.run()
      const tell = allOf(batch) ?? eachOf(statements, batch)
      alongside()
      statements.commit.run()
      for (const one of tell) one()
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      for (const { fail } of batch) fail(error)
      onFailure(error)
    }
  }

  const write: Write = (job) =>
    new Promise((resolve, reject) => {
      if (closed) {
        reject(new Error('The host has stopped, so this is not recorded; it is done again when a host runs.'))
        return
      }
      const run = (): (() => void) => {
        const result = job()
        return () => resolve(result)
      }
      waiting.push({ run, fail: reject })
      if (waiting.length === 1)
        flushed = new Promise((done) =>
          setImmediate(() => {
            commit()
            done()
          })
        )
    })

  return {
    write,
    close() {
      closed = true
      return flushed
    },
    abandon() {
      closed = true
      waiting = []
    }
  }
}

type Statements = Readonly<Record<'begin' | 'restart' | 'commit' | 'savepoint' | 'release' | 'rollback', StatementSync>>

function prepare(database: DatabaseSync): Statements {
  return {
    begin: database.prepare('BEGIN IMMEDIATE'),
    restart: database.prepare('ROLLBACK'),
    commit: database.prepare('COMMIT'),
    savepoint: database.prepare('SAVEPOINT job'),
    release: database.prepare('RELEASE job'),
    rollback: database.prepare('ROLLBACK TO job')
  }
}

/** Undefined when one of the jobs threw: then the transaction is as good as not begun. What SQLite throws goes on. */
function allOf(batch: readonly WaitingJob[]): (() => void)[] | undefined {
  try {
    return batch.map(({ run }) => run())
  } catch (error) {
    if (isOfSqlite(error)) throw error
    return undefined
  }
}

/** A disk that is full, a file that is damaged: it concerns every job. */
function isOfSqlite(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error
}

function eachOf(statements: Statements, batch: readonly WaitingJob[]): (() => void)[] {
  statements.restart.run()
  statements.begin.run()
  return batch.map((job) => inSavepoint(statements, job))
}

function inSavepoint({ savepoint, release, rollback }: Statements, { run, fail }: WaitingJob): () => void {
  savepoint.run()
  try {
    const tell = run()
    release.run()
    return tell
  } catch (error) {
    rollback.run()
    release.run()
    return () => fail(error)
  }
}
