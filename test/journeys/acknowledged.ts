import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { SimulatedAzure } from '../../local/azure/start.ts'

/** An answer that the app has heard of Azure. */
interface Acknowledged {
  readonly method: string
  readonly host: string
  /** With its query. */
  readonly path: string
  readonly status: number
  readonly requestId: string
}

/** The app as it is, and what it was told: written down, beside what is killed, before the app itself hears of it. */
export interface Recorded {
  /** For `--app`. */
  readonly module: string
  readonly heard: () => Acknowledged[]
}

export function recorded(app: string, folder: string): Recorded {
  const module = join(app, 'recorded.mjs') // beside its host.json
  const file = join(folder, 'acknowledged.jsonl')
  writeFileSync(module, recorder(file))
  return {
    module,
    heard: () =>
      existsSync(file)
        ? readFileSync(file, 'utf8')
            .split('\n')
            .filter((line) => line.endsWith('}')) // a kill may have cut the last one off
            .map((line) => JSON.parse(line) as Acknowledged)
        : []
  }
}

const recorder = (file: string): string => `
import { appendFileSync } from 'node:fs'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
const ask = https.request
https.request = (...given) => {
  const asked = ask(...given)
  asked.prependListener('response', ({ statusCode: status, headers }) => {
    const { method, path } = asked
    const said = { method, path, host: asked.getHeader('host'), status, requestId: headers['x-ms-request-id'] }
    appendFileSync(${JSON.stringify(file)}, JSON.stringify(said) + '\\n')
  })
  return asked
}
syncBuiltinESMExports()
await import('./app.mjs')
`

/** Whatever the app was told is so in the Azure that is left: each call is known, and each blob that was taken is there. */
export async function expectNothingMissing(azure: SimulatedAzure, heard: readonly Acknowledged[]): Promise<void> {
  expect(heard.filter(({ requestId }) => requestId && !azure.journal.has(requestId))).toEqual([])
  const written = heard.filter(
    ({ method, host, path, status }) => method === 'PUT' && status === 201 && /\.blob\./.test(host) && !/\?/.test(path)
  )
  expect(written.length).toBeGreaterThan(20)
  for (const { host, path } of written) {
    const [container = '', ...name] = decodeURIComponent(path).slice(1).split('/')
    const blob = await azure.readBlob(host.split('.')[0] ?? '', container, name.join('/'))
    expect([path, blob !== undefined]).toEqual([path, true])
  }
}
