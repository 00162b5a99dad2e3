import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { ActivityRow, Instance, Message, NewMessage, RuntimeStatus } from './rows.ts'

type Row = Record<string, SQLOutputValue>

/** The tables of the state file. Every method that changes anything is to be called inside a write. */
export class Store {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  instance(id: string): Instance | undefined {
    const row = this.#get('SELECT * FROM instances WHERE id = ?', id)
    return row && toInstance(row)
  }

  /** The execution that an instance is in. */
  execution(id: string): string | undefined {
    return textOrNull(this.#get('SELECT execution FROM instances WHERE id = ?', id)?.['execution']) ?? undefined
  }

  status(id: string): RuntimeStatus | undefined {
    // Only putInstance and updateInstance write this column.
    return this.#get('SELECT status FROM instances WHERE id = ?', id)?.['status'] as RuntimeStatus | undefined
  }

  /** Ordered by id. `after` is the last id of the page before. */
  instances({ after = '', prefix = '', limit }: { after?: string; prefix?: string; limit: number }): Instance[] {
    const sql = 'SELECT * FROM instances WHERE id > ? AND substr(id, 1, ?) = ? ORDER BY id LIMIT ?'
    return this.#all(sql, after, [...prefix].length, prefix, limit).map(toInstance)
  }

  putInstance(instance: Instance): void {
    const { id, execution, name, version, status, input, output, customStatus, parent, created, updated } = instance
    this.#run(
      'INSERT OR REPLACE INTO instances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      execution,
      name,
      version,
      status,
      input,
      output,
      customStatus,
      parent?.id ?? null,
      parent?.execution ?? null,
      parent?.task ?? null,
      created,
      updated
    )
  }

  /** What a turn changes of an instance, so that a large input is not written again by each. */
  updateInstance({ id, status, output, customStatus, updated }: Instance): void {
    const sql = 'UPDATE instances SET status = ?, output = ?, custom_status = ?, updated = ? WHERE id = ?'
    this.#run(sql, status, output, customStatus, updated, id)
  }

  /** An instance with its history and messages. Its children stay, and its activities, which nobody calls back. */
  deleteInstance(id: string): void {
    for (const table of ['history', 'messages']) this.#run(`DELETE FROM ${table} WHERE instance = ?`, id)
    this.#run('DELETE FROM instances WHERE id = ?', id)
  }

  /** JSON texts, in order. */
  history(instance: string): string[] {
    const rows = this.#all('SELECT event FROM history WHERE instance = ? ORDER BY seq', instance)
    return rows.flatMap((row) => text(row['event']).split('\n'))
  }

  /** All events of a turn make one row: JSON texts hold no line breaks. `from` counts the events before them. */
  appendHistory(instance: string, from: number, events: readonly string[]): void {
    if (events.length > 0) this.#run('INSERT INTO history VALUES (?, ?, ?)', instance, from, events.join('\n'))
  }

  replaceHistory(instance: string, events: readonly string[]): void {
    this.#run('DELETE FROM history WHERE instance = ?', instance)
    this.appendHistory(instance, 0, events)
  }

  post({ instance, execution, event, due = 0, ordered, timer }: NewMessage): void {
    this.#run(
      'INSERT INTO messages (instance, execution, due, ordered, timer, event) VALUES (?, ?, ?, ?, ?, ?)',
      instance,
      execution,
      due,
      ordered,
      timer ?? null,
      event
    )
  }

  messages(instance: string, now: number): Message[] {
    const sql =
      'SELECT id, execution, ordered, event FROM messages WHERE instance = ? AND due <= ? ORDER BY ordered, id'
    return this.#all(sql, instance, now).map((row) => ({
      id: Number(row['id']),
      execution: textOrNull(row['execution']),
      ordered: Number(row['ordered']),
      event: text(row['event'])
    }))
  }

  deleteMessages(ids: readonly number[]): void {
    for (const [first, last] of ranges(ids)) this.#run('DELETE FROM messages WHERE id BETWEEN ? AND ?', first, last)
  }

  deleteTimers(instance: string, timers: readonly number[]): void {
    for (const timer of timers) this.#run('DELETE FROM messages WHERE instance = ? AND timer = ?', instance, timer)
  }

  /** Of one execution, or of all. */
  deleteMessagesOf(instance: string, execution?: string): void {
    if (execution === undefined) this.#run('DELETE FROM messages WHERE instance = ?', instance)
    else this.#run('DELETE FROM messages WHERE instance = ? AND execution = ?', instance, execution)
  }

  /** Instances with a message that became ready after `from` and by `now`. */
  instancesDue(from: number, now: number): string[] {
    const sql = 'SELECT DISTINCT instance FROM messages WHERE due > ? AND due <= ?'
    return this.#all(sql, from, now).map((row) => text(row['instance']))
  }

  /**
   * The earliest durable timer after `instant`, of an instance that waits for time to pass. One whose custom status says
   * `"idle": true` waits for somebody: its timers fire when they are passed over.
   */
  nextDue(instant: number): number | undefined {
    const sql =
      'SELECT min(due) AS due FROM messages LEFT JOIN instances ON instances.id = messages.instance ' +
      "WHERE due > ? AND coalesce(json_extract(custom_status, '$.idle'), 0) = 0"
    const due = this.#get(sql, instant)?.['due']
    return typeof due === 'number' ? due : undefined
  }

  addActivities(activities: readonly Omit<ActivityRow, 'id'>[]): ActivityRow[] {
    const added: ActivityRow[] = []
    for (let from = 0; from < activities.length; from += MOST_ROWS) {
      const rows = activities.slice(from, from + MOST_ROWS)
      const places = rows.map(() => '(?, ?, ?, ?, ?)').join(', ')
      const values = rows.flatMap(({ instance, execution, task, name, input }) => [
        instance,
        execution,
        task,
        name,
        input
      ])
      const sql = `INSERT INTO activities (instance, execution, task, name, input) VALUES ${places}`
      const last = Number(this.#statement(sql).run(...values).lastInsertRowid)
      // AUTOINCREMENT numbers the rows of one statement one after the other.
      rows.forEach((row, index) => added.push({ ...row, id: last - rows.length + 1 + index }))
    }
    return added
  }

  activities(): ActivityRow[] {
    return this.#all('SELECT * FROM activities ORDER BY id').map((row) => ({
      id: Number(row['id']),
      instance: text(row['instance']),
      execution: text(row['execution']),
      task: Number(row['task']),
      name: text(row['name']),
      input: text(row['input'])
    }))
  }

  hasActivities(instance: string): boolean {
    return this.#get('SELECT 1 FROM activities WHERE instance = ? LIMIT 1', instance) !== undefined
  }

  /** False when it was gone already: its instance was started anew. */
  deleteActivity(id: number): boolean {
    return this.#statement('DELETE FROM activities WHERE id = ?').run(id).changes === 1
  }

  deleteActivities(ids: readonly number[]): void {
    for (const [first, last] of ranges(ids)) this.#run('DELETE FROM activities WHERE id BETWEEN ? AND ?', first, last)
  }

  deleteActivitiesOf(instance: string): void {
    this.#run('DELETE FROM activities WHERE instance = ?', instance)
  }

  meta(key: string): string | undefined {
    const value = this.#get('SELECT value FROM meta WHERE key = ?', key)?.['value']
    return typeof value === 'string' ? value : undefined
  }

  setMeta(key: string, value: string): void {
    this.#run('INSERT OR REPLACE INTO meta VALUES (?, ?)', key, value)
  }

  /** Whether instances that have not completed are over, or a host that has run before has lost all of them. */
  isBereft(): boolean {
    const sql = `SELECT (SELECT count(*) FROM instances WHERE status IN ('Failed', 'Terminated', 'Canceled')) AS dead,
      (SELECT count(*) FROM instances) AS all_there_are, (SELECT count(*) FROM timer_triggers) AS ran`
    const counts = this.#get(sql)
    return Number(counts?.['dead']) > 0 || (counts?.['all_there_are'] === 0 && Number(counts['ran']) > 0)
  }

  timerTrigger(
    name: string
  ): { schedule: string; last: number | undefined; next: number; updated: number } | undefined {
    const row = this.#get('SELECT * FROM timer_triggers WHERE function = ?', name)
    if (!row) return undefined
    const last = row['last']
    return {
      schedule: text(row['schedule']),
      last: typeof last === 'number' ? last : undefined,
      next: Number(row['next']),
      updated: Number(row['updated'])
    }
  }

  putTimerTrigger(
    name: string,
    { schedule, last, next, updated }: { schedule: string; last: number | undefined; next: number; updated: number }
  ): void {
    this.#run(
      'INSERT OR REPLACE INTO timer_triggers VALUES (?, ?, ?, ?, ?)',
      name,
      schedule,
      last ?? null,
      next,
      updated
    )
  }

  #get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values)
  }

  #all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values)
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#statement(sql).run(...values)
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)))
    return statement
  }
}

/** How many rows go into one statement. */
const MOST_ROWS = 50

/** Numbers that follow each other, as one: what was made together is mostly deleted together. */
function ranges(ids: readonly number[]): [first: number, last: number][] {
  const found: [number, number][] = []
  for (const id of ids.toSorted((a, b) => a - b)) {
    const last = found.at(-1)
    if (last && id === last[1] + 1) last[1] = id
    else found.push([id, id])
  }
  return found
}

function toInstance(row: Row): Instance {
  const parentId = textOrNull(row['parent_id'])
  return {
    id: text(row['id']),
    execution: text(row['execution']),
    name: text(row['name']),
    version: textOrNull(row['version']),
    // Only putInstance writes this column.
    status: text(row['status']) as RuntimeStatus,
    input: textOrNull(row['input']),
    output: textOrNull(row['output']),
    customStatus: textOrNull(row['custom_status']),
    parent:
      parentId === null
        ? undefined
        : { id: parentId, execution: text(row['parent_execution']), task: Number(row['parent_task']) },
    created: Number(row['created']),
    updated: Number(row['updated'])
  }
}

function text(value: SQLOutputValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
