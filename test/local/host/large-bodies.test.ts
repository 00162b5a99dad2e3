import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { MAX_BODY_BYTES } from '../../../local/host/http/exchange.ts'
import { app, withHost } from '../../conformance/harness.ts'

const CHUNK = Buffer.alloc(1024 * 1024)

test('a body of 100 MB is taken, a larger one is answered 413', async () => {
  const register = (): void =>
    app.http('size', { handler: async (input) => ({ body: String((await input.arrayBuffer()).byteLength) }) })
  await withHost(register, async (host) => {
    expect(await upload(`${host.url}/api/size`, MAX_BODY_BYTES)).toEqual([200, String(MAX_BODY_BYTES)])
    expect(await upload(`${host.url}/api/size`, MAX_BODY_BYTES + CHUNK.length)).toEqual([413, ''])
  })
})

/** Status and text. Sends in chunks, so that the length is not known beforehand. */
function upload(url: string, bytes: number): Promise<[number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const upload = request(url, { method: 'POST' }, (response) => {
      text(response).then((body) => resolve([response.statusCode, body]), reject)
    })
    upload.on('error', reject)
    let left = bytes
    const more = (): void => {
      while (left > 0 && !upload.destroyed) {
        left -= CHUNK.length
        if (!upload.write(CHUNK)) {
          upload.once('drain', more)
          return
        }
      }
      upload.end()
    }
    more()
  })
}
