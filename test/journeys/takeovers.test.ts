import { expect, test } from 'vitest'
import type { Stage } from '../../local/stage/stage.ts'
import { code } from '../../src/orchestrators/orchestrators.ts'
import { act, now, type Context, type Story } from '../../src/orchestrators/durable.ts'
import { alice, bob } from '../app/running-app.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'
import { expectSound } from './sound.ts'

/** Onboardings whose instances die, are ended by hand, or lose their hub. Each is a whole one: slow. */

const long = 240_000
/** The newest instances under a prefix that live. */
const liveIn = ({ hub }: Pick<Stage, 'hub'>, prefix: string): string[] =>
  hub.ids(prefix).filter((id) => ['Pending', 'Running'].includes(hub.status(id) ?? ''))

async function carrier(stage: Pick<Stage, 'hub'>, prefix = 'onboarding.'): Promise<string> {
  await expect.poll(() => liveIn(stage, prefix).length, { timeout: long, interval: 20 }).toBeGreaterThan(0)
  return liveIn(stage, prefix)[0] ?? expect.fail()
}

const takeoversIn = (stage: Stage): string[] =>
  stage.lines.map(({ message }) => message).filter((message) => message.startsWith('taken-over '))

test.for(['preflight', 'offers', 'approvals', 'waiting-on-microsoft', 'vaults-and-keys', 'attestations'])(
  'the instance that carries an onboarding fails in the chapter %s: the next goes on there',
  { timeout: long },
  async (step) => {
    const played = await play(oneWorkload())
    const { stage } = played
    await played.start()
    await played.until((view) => view.step === step)
    await stage.hub.fail(await carrier(stage))
    await played.until(({ status }) => status !== 'running')
    expect(takeoversIn(stage).join()).toContain(`chain=onboarding.${played.plan.id} generation=2 why=failed`)
    await expectSound(played)
  }
)

test.for(['verify-vault', 'write-hand-off'])(
  'the instance fails when people have taken the set-up roles away, at %s: the next one needs none of them',
  { timeout: long },
  async (activity) => {
    const played = await play(oneWorkload())
    const { stage } = played
    let id = ''
    stage.cuts.meanwhile(
      ({ name }) => name.startsWith(`begins ${activity} (`),
      () => stage.hub.fail(id)
    )
    await played.start()
    id = await carrier(stage)
    await played.until(({ status }) => status !== 'running')
    expect(takeoversIn(stage)).toEqual([expect.stringContaining('generation=2 why=failed')])
    await expectSound(played)
  }
)

test('a branch that fails is taken over alone', { timeout: long }, async () => {
  const played = await play(oneWorkload())
  const { stage } = played
  await played.start()
  await stage.hub.fail(await carrier(stage, 'branch.'))
  await played.until(({ status }) => status !== 'running')
  expect(takeoversIn(stage)).toEqual([expect.stringContaining(`chain=branch.${played.plan.id}.`)])
  expect(stage.hub.ids('onboarding.')).toHaveLength(1)
  await expectSound(played)
})

test.for(['approvals', 'vaults-and-keys'])(
  'the hub is deleted in the chapter %s: all that it carried goes on in the next one',
  { timeout: long },
  async (step) => {
    const played = await play(oneWorkload())
    const { stage } = played
    await played.start()
    await played.until((view) => view.step === step)
    await stage.hub.delete()
    expect(await played.until(() => true)).toMatchObject({ status: 'running', step })
    await played.until(({ status }) => status !== 'running')
    expect(takeoversIn(stage).join()).toContain('generation=2 why=hub-lost')
    await expectSound(played)
  }
)

test.for([
  ['take-over', { reason: 'it was ended by mistake' }],
  ['retry-stopped-terminated', {}]
] as const)('what somebody terminated waits for a word of a person: %s', { timeout: long }, async ([task, answer]) => {
  const played = await play(oneWorkload())
  const { stage } = played
  await played.start()
  await played.until(({ step }) => step === 'approvals')
  await stage.hub.terminate(await carrier(stage), 'by hand')
  const stopped = await played.until(({ findings }) => findings.length > 0)
  expect(stopped).toMatchObject({ status: 'running', waitingOn: 'people' })
  expect(stopped.findings).toMatchObject([
    { code: 'stopped-terminated', observed: 'its instance was terminated by hand' }
  ])
  expect(stopped.tasks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['take-over', 'retry-stopped-terminated'])
  )
  expect(await played.answer(task, alice, answer)).toBe(202)
  await played.until(({ status }) => status !== 'running')
  expect(takeoversIn(stage).join()).toContain('generation=2 why=asked')
  await expectSound(played)
})

test('an onboarding whose instance was purged can be ended, and its report is written', { timeout: long }, async () => {
  const played = await play(oneWorkload())
  const { stage } = played
  await played.start()
  await played.until(({ step }) => step === 'approvals')
  const id = await carrier(stage)
  await stage.hub.terminate(id, 'by hand')
  await stage.hub.purge(id)
  await played.until(({ findings }) => findings.some(({ code: found }) => found === 'stopped-purged'))
  expect(await played.answer('cancel', bob, { reason: 'we begin anew some other day' })).toBe(202)
  const { report } = await played.end()
  expect(report.outcome).toBe('cancelled')
  expect(takeoversIn(stage).join()).toContain('generation=2 why=asked-to-end')
})

/** A release whose story has one step more at its beginning. */
const withOneStepMore = (story: typeof code.onboarding) =>
  function* (context: Context): ReturnType<typeof code.onboarding> {
    yield* oneStep(context)
    return yield* story(context)
  }

function* oneStep(context: Context): Story<void> {
  yield* act(context, 'look-at-letter', { onboarding: 'fabrikam-one', now: now(context), operationId: 'none' })
}

test('a release takes a step out of the story, and another puts it back', { timeout: long }, async () => {
  const releases: { onboarding: typeof code.onboarding } = code // types keep it from others than this test
  const { onboarding } = code
  const played = await play(oneWorkload())
  const { stage } = played
  try {
    releases.onboarding = withOneStepMore(onboarding)
    stage.host.kill()
    await stage.host.ready
    await played.start()
    await played.until(({ step }) => step === 'offers')
    releases.onboarding = onboarding
    stage.host.kill()
    await played.until(({ step }) => step === 'waiting-on-microsoft')
    releases.onboarding = withOneStepMore(onboarding)
    stage.host.kill()
    await played.until(({ status }) => status !== 'running')
  } finally {
    releases.onboarding = onboarding
  }
  expect(takeoversIn(stage).length).toBeGreaterThanOrEqual(2)
  await expectSound(played)
})

test('of two deployments on one store the later one takes over once, and neither does anything twice', {
  timeout: long
}, async () => {
  const played = await play(oneWorkload())
  const { stage } = played
  await played.start()
  await played.until(({ step }) => step === 'approvals')
  const { host } = await stage.another()
  await played.until(({ findings }) => findings.some(({ code: found }) => found === 'stopped-other-hub'))
  stage.api.moved(await host.ready)
  await played.until(({ status }) => status !== 'running')
  expect(takeoversIn(stage)).toEqual([expect.stringContaining('generation=2 why=hub-lost')])
  await expectSound(played)
})

test('a deployment with a hub of another name leaves what runs to the one that has it', { timeout: long }, async () => {
  const played = await play(oneWorkload())
  const { stage } = played
  await played.start()
  await played.until(({ step }) => step === 'approvals')
  await stage.another('Another')
  await played.until(({ status }) => status !== 'running')
  expect(takeoversIn(stage)).toEqual([])
  await expectSound(played)
})

test('an instance that does not hear a minute long that somebody asks for another is taken over while it lives', {
  timeout: long
}, async () => {
  const played = await play(oneWorkload())
  const { stage } = played
  await played.start()
  await played.until(({ step }) => step === 'offers')
  const id = await carrier(stage)
  await suspend(stage, id)
  expect(await played.answer('take-over', alice, { reason: 'it does nothing any more' })).toBe(202)
  await played.until(({ status }) => status !== 'running')
  expect(takeoversIn(stage).join()).toContain('generation=2 why=asked')
  expect(stage.hub.status(id)).toBe('Terminated')
  await expectSound(played)
})

/** As somebody may with the tools of Durable Functions: it hears nothing from then on. */
async function suspend({ azure, host }: Stage, id: string): Promise<void> {
  const url = new URL(`/runtime/webhooks/durabletask/instances/${id}/suspend`, await host.ready)
  url.searchParams.set('code', azure.seed.webhook.systemKey)
  expect((await fetch(url, { method: 'POST' })).status).toBe(202)
}

/** Of some two thousand points of a run: while it starts, and through all its chapters. */
test.for([{ points: [30, 75, 130] }, { points: [251, 367, 570, 1498] }])(
  'the worker dies at the points $points of a run: it ends as any other',
  { timeout: long },
  async ({ points }) => {
    const played = await play(oneWorkload())
    const { stage } = played
    for (const point of points) stage.cuts.at(({ number }) => number === point, 'worker')
    await played.start()
    await played.until(({ status }) => status !== 'running')
    await expectSound(played)
  }
)
