import { expect } from 'vitest'
import { connectAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'

/** Puts a document among the records before the app does, as another version or a stranger may have. */
export async function putRecord(name: string, text: string): Promise<void> {
  const { store } = connectAzure(readConfig(process.env)).app
  const content = { bytes: new TextEncoder().encode(text), contentType: 'application/json' }
  expect((await store.putNew({ container: 'records', name }, content)).value.created).toBe(true)
}
