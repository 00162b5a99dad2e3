import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { retentions } from '../../local/azure/arm/features/retention.ts'
import type { World } from '../../local/azure/core/world.ts'
import { outbox } from '../../local/azure/email/outbox.ts'
import { readRequestFile } from '../../local/rehearsal/request-file.ts'
import type { LyingBlob } from '../../local/stage/lying-blobs.ts'
import { storedEntry, type Saying } from '../../src/domain/ledger/entry.ts'
import { play } from './played.ts'

/**
 * What released versions left behind (`npm run histories`), with everything else gone but Azure: an empty hub, and an app that
 * never saw it. Each is a whole onboarding from there on: slow. `npm test` plays those where most could be done twice;
 * `LEDGER_PREFIXES=all` every one.
 */
/** `0.10.0` comes after `0.9.0`. */
const byRelease = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true })
const request = readRequestFile('samples/one-workload.json')
const chain = `onboarding.${request.id}/`
const [file] = globSync('test/replay/ledgers/*/*.json').toSorted(byRelease).slice(-1)
const left = JSON.parse(readFileSync(file ?? '', 'utf8')) as readonly LyingBlob[]

/** Where each entry of the onboarding's chain lies, up to the end of the wait on Microsoft: from then on there are vaults. */
const places = left.flatMap(({ name }, index) => (name.startsWith(chain) ? [index] : []))
const saidAt = (place: number): Saying => storedEntry.parse(JSON.parse(left[place]?.text ?? '')).said
const waited = places.findIndex((place) => {
  const said = saidAt(place)
  return said.kind === 'chapter' && said.step === 'waiting-on-microsoft'
})
/** With the first entry alone nothing was begun. */
const begun = places.slice(1, waited + 1)
/** An approval of two is given; the mail to Microsoft is about to go out; the wait is over. */
const hard = (said: Saying): boolean =>
  (said.kind === 'answer' && said.task === 'approve-slot-1') ||
  (said.kind === 'intent' && said.id === 'notify-microsoft.exchange.0') ||
  (said.kind === 'chapter' && said.step === 'waiting-on-microsoft')
const played = process.env['LEDGER_PREFIXES'] === 'all' ? begun : begun.filter((place) => hard(saidAt(place)))

test('the hard prefixes are among those of the newest release', () => {
  expect(begun.filter((place) => hard(saidAt(place)))).toHaveLength(3)
})

test.for(played)(
  'a ledger of the release before goes on where it stood, after %i documents',
  {
    timeout: 240_000
  },
  async (place) => {
    const lying = left.slice(0, place + 1)
    const said = lying.filter(({ name }) => name.startsWith(chain)).map((_, index) => saidAt(places[index] ?? 0))
    const wasMailed = lying.some(({ name }) => name.includes('/mail/alias-'))
    const startAt = new Date(Date.parse(lying.at(-1)?.at ?? '') + 60_000)
    const before = (world: World): void => registered(world, said, startAt)
    const onboarding = await play(request, undefined, { lying, startAt, before })
    const { stage } = onboarding
    for (let minutes = 0; minutes < 4; minutes += 1) await stage.azure.clock.advance(60_000) // nothing is due in an empty hub
    expect(await onboarding.until(({ status }) => status !== 'running')).toMatchObject({ status: 'completed' })
    expect(stage.lines.map(({ message }) => message).join('\n')).toContain('generation=2 why=hub-lost')

    const { body } = await stage.api.get(`onboardings/${request.id}/answers`)
    const taken = (body as { items: { task: string; verdict?: string }[] }).items.filter(
      ({ verdict }) => verdict === 'taken'
    )
    expect(taken.map(({ task }) => task)).toEqual([...new Set(taken.map(({ task }) => task))])
    const did = (service: string, operation: string): number =>
      stage.azure.journal
        .entries()
        .filter((each) => each.applied && each.service === service && each.operation === operation).length
    expect({ vaults: did('arm', 'vaults.createOrUpdate'), keys: did('keyvault', 'keys.create') }).toEqual({
      vaults: 2,
      keys: 2
    })
    const toMicrosoft = outbox(stage.azure.world)
      .values()
      .filter(({ subject }) => subject.startsWith('Customer Key for'))
    expect(toMicrosoft).toHaveLength(wasMailed ? 0 : 1)
  }
)

test('what a newer release has begun is left alone by this one, once it is rolled back, and said to be', async () => {
  const lying = left
    .slice(0, (begun[0] ?? 0) + 1)
    .map((each) => ({ ...each, text: each.text.replace(/"release":"[^"]*"/, '"release":"999.0.0"') }))
  const startAt = new Date(Date.parse(lying.at(-1)?.at ?? '') + 60_000)
  const { stage } = await play(request, undefined, { lying, startAt })
  for (let minutes = 0; minutes < 4; minutes += 1) await stage.azure.clock.advance(60_000)
  const told = () => stage.lines.filter(({ message }) => message.startsWith('finding ')).map(({ message }) => message)
  await expect
    .poll(told, { timeout: 20_000 })
    .toEqual([`finding code=stopped-newer-release resource=onboarding.${request.id}`])
  expect(stage.hub.ids('onboarding.')).toEqual([])
  const written = stage.azure.journal
    .entries()
    .filter(({ path, method }) => method === 'PUT' && path.startsWith('/ledger/'))
  expect(written).toEqual([])
})

/** As it stood when that was said: asked for, and granted while nobody looked. */
function registered(world: World, said: readonly Saying[], at: Date): void {
  const isAsked = said.some((each) => each.kind === 'outcome' && each.intent.includes('register'))
  for (const { id } of isAsked ? request.subscriptions : []) {
    const subscriptionId = id.toLowerCase()
    retentions(world).set(subscriptionId, {
      subscriptionId,
      requestedAt: at.getTime(),
      mailedAt: at.getTime(),
      approvedAt: at.getTime()
    })
  }
}
