import { afterEach, describe, expect, test } from 'vitest'
import { shellFor } from '../../cli/shell.ts'
import { knowOperators } from '../../app/people.ts'
import { fabrikam } from '../../app/requests.ts'
import { alice, refused, useApp } from '../../app/running-app.ts'

const app = useApp()
const stall = (service: 'arm' | 'storage') =>
  app.stage.azure.faults.add({ service, kind: 'delay', delayMs: 3000, times: 'always' })

afterEach(() => {
  app.stage.azure.faults.clear()
})

describe('while Azure does not answer', () => {
  const plans = { method: 'POST', actor: alice, body: fabrikam(), once: true } as const

  test('a plan names within seconds where to look again, and is there once Azure has answered', async () => {
    stall('arm')
    const started = performance.now()
    const first = await app.ask('/api/plans', plans)
    expect(performance.now() - started).toBeLessThan(15_000)
    expect(first).toMatchObject({ status: 202, body: { waitingOn: 'azure' } })
    const { run } = first.body as { run: string }
    expect(first.location).toBe(`/api/plans/${run}`)
    app.stage.azure.faults.clear()
    expect(await app.ask(first.location ?? '', { actor: alice })).toMatchObject({
      status: 200,
      body: { plan: { id: fabrikam().id }, findings: [] }
    })
  })

  test('the page of a plan looks again by itself until the plan is there', async () => {
    stall('arm')
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const raw = new URLSearchParams({ request: JSON.stringify(fabrikam()) }).toString()
    const address = await pageAfter({ method: 'POST', headers: form, body: raw })
    expect(address).toMatch(/^\/api\/ui\/plans\/[0-9a-f]{32}$/)
    const waiting = await app.ask(address, { actor: alice })
    expect(waiting).toMatchObject({ status: 200, text: expect.stringContaining('<h1>Still looking</h1>') })
    expect(waiting.text).toMatch(/<meta http-equiv="refresh" content="\d+">/)
    app.stage.azure.faults.clear()
    for (let text = waiting.text; !text.includes('Start the onboarding'); ) {
      expect(text).toContain('Still looking')
      text = (await app.ask(address, { actor: alice })).text
    }
  })

  test('ckey waits with it, and tells what came of it', async () => {
    const url = await app.stage.host.ready
    const shell = shellFor({ env: { CKEY_URL: url, CKEY_AS: alice } })
    await knowOperators(app)
    stall('storage')
    const attested = shell.ckey('attest-copy', '--slot', '1', '--location', 'Safe 12, Hamburg')
    setTimeout(() => app.stage.azure.faults.clear(), 9_000)
    expect(await attested).toMatchObject({ code: 0, out: expect.stringContaining('Recorded: the backups of slot 1') })
  })
})

test('a run that nobody started is no place to look, and neither is what cannot be one', async () => {
  const none = refused(404, { type: 'urn:customer-key:problem:no-such-run' })
  for (const path of [
    '/api/plans/nobody',
    '/api/plans/No%20Body',
    '/api/vaults/nobody',
    '/api/backups/offline-copies/x'
  ])
    expect(await app.ask(path, { actor: alice })).toMatchObject(none)
})

/** Where a form leads. */
async function pageAfter(init: RequestInit & { headers: Record<string, string> }): Promise<string> {
  const headers = { ...init.headers, 'x-local-user': alice }
  const reply = await fetch(`${await app.stage.host.ready}/api/ui/plan`, { ...init, headers, redirect: 'manual' })
  expect(reply.status).toBe(303)
  return reply.headers.get('location') ?? ''
}
