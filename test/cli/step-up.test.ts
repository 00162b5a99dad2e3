import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Client } from '../../cli/client.ts'
import { challengeOf } from '../../src/triggers/http/step-up.ts'

const problem = {
  type: 'urn:customer-key:problem:step-up',
  title: 'This answer takes a stronger sign-in',
  status: 401,
  detail: 'Nothing was recorded.',
  claims: challengeOf('c1'),
  tenantId: 'b9a6cd92-3f3e-4d5d-8f0e-2c6a8c1d7e10'
}

/** An app that takes an answer from nobody whose sign-in met no context. */
async function refusing(env: Readonly<Record<string, string>>, audience?: string) {
  const server = createServer(({ headers }, response) => {
    const met = headers['x-local-acrs'] === 'c1'
    response.writeHead(met ? 202 : 401, { 'content-type': 'application/problem+json' })
    response.end(JSON.stringify(met ? { task: 'halt', by: 'alice', at: '2026-11-30T00:00:00Z' } : problem))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const outside = {
    out: () => undefined,
    err: () => undefined,
    env,
    now: () => new Date(),
    zone: 'UTC',
    columns: 80,
    live: false,
    signal: new AbortController().signal
  }
  return new Client({ url: `http://127.0.0.1:${String(port)}`, ...(audience && { audience }) }, outside)
}

const answer = (client: Client) => client.call('answerTask', { id: 'contoso-1', task: 'halt', body: {} })

test('ckey says how to sign in again with the claims challenge', async () => {
  await expect(answer(await refusing({}, 'api://client'))).rejects.toThrow(
    `az login --tenant ${problem.tenantId} --scope "api://client/.default" --claims-challenge "${problem.claims}"`
  )
})

test('on the embedded host it says how to claim the context, and claims it', async () => {
  await expect(answer(await refusing({}))).rejects.toThrow('CKEY_LOCAL_ACRS=c1')
  expect((await answer(await refusing({ CKEY_LOCAL_ACRS: 'c1' }))).status).toBe(202)
})
