import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { parseEvent } from './durable/history-json.ts'
import { historyTable } from './durable/history-table.ts'
import { Store } from './store/store.ts'

/** The history of an instance as a table, also while a host runs on the file. Inputs and results are cut short. */
export function showHistory(stateFile: string, id: string): string {
  if (!statSync(stateFile, { throwIfNoEntry: false }))
    throw new Error(`There is no state file ${stateFile}. Name one with --state.`)
  const database = new DatabaseSync(stateFile, { readOnly: true })
  try {
    const store = new Store(database)
    const instance = store.instance(id)
    if (!instance) {
      const some =
        store
          .instances({ limit: 20 })
          .map((one) => `"${one.id}"`)
          .join(', ') || 'none'
      throw new Error(`There is no instance "${id}" in ${stateFile}. There are: ${some}.`)
    }
    const { name, status, version } = instance
    const title = `${name} "${id}" ${status}${version === null ? '' : ` version ${version}`}`
    return `${title}\n${historyTable(store.history(id).map(parseEvent))}`
  } finally {
    database.close()
  }
}
