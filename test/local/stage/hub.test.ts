import { afterEach, beforeEach, expect, test } from 'vitest'
import { draftPlan } from '../../../src/domain/plan/build-plan.ts'
import { actorOf } from '../../../local/azure/seed-people.ts'
import { readRequestFile } from '../../../local/rehearsal/request-file.ts'
import { startRead } from '../../../local/rehearsal/start-read.ts'
import { openStage, type Stage } from '../../../local/stage/stage.ts'
import { quickApproval, quietSettings } from '../../../local/sweep/quiet-settings.ts'

const request = readRequestFile('samples/one-workload.json')
const plan = draftPlan(request)

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ request, settings: quietSettings, microsoft: quickApproval })
  await startRead(stage.api, actorOf(plan.slots[0].operators[0], plan.organization.domain), request)
})
afterEach(() => stage.strike())

/** The instance that carries the onboarding, once it waits for people. */
async function carrier(): Promise<string> {
  await expect.poll(() => stage.hub.ids('onboarding.')).toHaveLength(1)
  const [id = expect.fail()] = stage.hub.ids('onboarding.')
  await expect.poll(() => stage.hub.status(id)).toBe('Running')
  return id
}

test('an instance in whose turn the worker dies is failed, and neither events nor the next worker bring it back', async () => {
  const id = await carrier()
  await stage.hub.fail(id)
  expect(stage.hub.status(id)).toBe('Failed')
  await expect(stage.hub.fail(id)).rejects.toThrow('is not live: Failed')
  expect(stage.host.kills).toBe(0)
  expect((await stage.api.get('onboardings')).status).toBe(200)
})

test('an instance is terminated and purged by hand', async () => {
  const id = await carrier()
  await stage.hub.terminate(id, 'by hand')
  expect(stage.hub.status(id)).toBe('Terminated')
  await stage.hub.purge(id)
  expect(stage.hub.status(id)).toBeUndefined()
})

test('a hub that is deleted leaves no instance, and the app answers again', async () => {
  await carrier()
  await stage.hub.delete()
  expect(stage.hub.ids('onboarding.')).toEqual([])
  expect((await stage.api.get('onboardings')).status).toBe(200)
})
