import { afterEach, beforeEach, expect, test } from 'vitest'
import { onboardingView } from '../../../local/rehearsal/onboarding-view.ts'
import { openStage, type Stage } from '../../../local/stage/stage.ts'
import { quickApproval, quietSettings } from '../../../local/sweep/quiet-settings.ts'
import { draftPlan } from '../../../src/domain/plan/build-plan.ts'
import { oneWorkload } from '../../journeys/requests.ts'

const request = oneWorkload()
const { id } = draftPlan(request)

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ request, settings: quietSettings, microsoft: quickApproval })
})
afterEach(() => stage.strike())

const alice = 'alice@fabrikam.com'

/** Once, as a browser sends it: whoever is cut off sends nothing again. */
async function send(body: object): Promise<{ status: number; body: unknown } | undefined> {
  try {
    const response = await fetch(`${await stage.host.ready}/api/onboardings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-local-user': alice },
      body: JSON.stringify(body)
    })
    return { status: response.status, body: await response.json() }
  } catch {
    return undefined
  }
}

async function start(): Promise<number | undefined> {
  const read = await send(request)
  const { digest } = read?.body as { digest: string }
  return (await send({ ...request, planDigest: digest }))?.status
}

const minutes = (count: number): Promise<void> => stage.azure.clock.advance(count * 60_000)

test.for([
  ['before the onboarding is opened', `before storage blob.put .*/ledger/onboarding[.]${id}/0*1$`],
  ['before its first generation', `before storage blob.put .*/ledger/onboarding[.]${id}/0*2$`],
  ['before its instance', `after storage blob.put .*/ledger/onboarding[.]${id}/0*2$`]
] as const)('a start that is cut off %s is finished within minutes, once', async ([, point]) => {
  const cut = new RegExp(point)
  stage.cuts.at(({ name }) => cut.test(name))
  expect(await start()).toBeUndefined()
  await stage.host.ready
  expect(stage.hub.ids('onboarding.')).toEqual([])
  for (let tick = 0; tick < 4; tick += 1) await minutes(1)
  await expect.poll(() => stage.hub.ids('onboarding.'), { timeout: 20_000 }).toEqual([`onboarding.${id}`])
  const view = async () => onboardingView.safeParse((await stage.api.get(`onboardings/${id}`)).body).data
  await expect.poll(async () => (await view())?.step, { timeout: 20_000 }).toBe('offers')
  expect(await start()).toBe(200)
})

test('a start that is cut off before the claim leaves the tenant free', async () => {
  stage.cuts.at(({ name }) => /before storage blob.put .*[/]ledger[/]claims[/]/.test(name))
  expect(await start()).toBeUndefined()
  await stage.host.ready
  await minutes(3)
  expect(stage.hub.ids('onboarding.')).toEqual([])
  expect(await start()).toBe(202)
})
