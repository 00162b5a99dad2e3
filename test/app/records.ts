import { expect } from 'vitest'
import { connectAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import type { RecordPlace } from '../../src/contracts/record-store.ts'

/** Puts a document into the ledger, as another release may have. */
export const putEntry = (chain: string, n: number, text: string): Promise<void> =>
  put({ container: 'ledger', name: `${chain}/${String(n).padStart(6, '0')}` }, text)

/** Puts a document among the records before the app does, as another version or a stranger may have. */
export const putRecord = (name: string, text: string): Promise<void> => put({ container: 'records', name }, text)

async function put(place: RecordPlace, text: string): Promise<void> {
  const { store } = connectAzure(readConfig(process.env)).app
  const content = { bytes: new TextEncoder().encode(text), contentType: 'application/json' }
  expect((await store.putNew(place, content)).value.created).toBe(true)
}
