import { afterEach, expect, test } from 'vitest'
import { vaults } from '../../../local/azure/arm/keyvault-management/vault-record.ts'
import { readRequestFile } from '../../../local/rehearsal/request-file.ts'
import type { CutPoint } from '../../../local/stage/cuts.ts'
import { openStage, type Stage } from '../../../local/stage/stage.ts'
import { onboard } from '../../../local/sweep/onboard.ts'
import { quickApproval, quietSettings } from '../../../local/sweep/quiet-settings.ts'

const request = readRequestFile('samples/one-workload.json')
const sound = { end: 'completed', tooMany: [], findings: [] }

let stage: Stage | undefined
const open = async (): Promise<Stage> =>
  (stage = await openStage({ request, settings: quietSettings, microsoft: quickApproval }))
afterEach(async () => {
  await stage?.strike()
  stage = undefined
})

/** What two runs of the same have in common: reads and looks come as often as there is time for them. */
const effects = ({ cuts }: Stage): string[] =>
  cuts.met
    .map(({ name, nth }) => `${name} #${String(nth)}`)
    .filter((name) => /^(before|after) (?!insights|storage)/.test(name))
    .toSorted()

test('an onboarding runs whole in one process, and a stage after it knows nothing of it and meets the same points', async () => {
  const first = await open()
  expect(await onboard(first, request, () => undefined)).toEqual(sound)
  const met = effects(first)
  await first.strike()
  const second = await open()
  expect(vaults(second.azure.world).values()).toEqual([])
  expect((await second.api.get('onboardings')).body).toMatchObject({ items: [] })
  expect(await onboard(second, request, () => undefined)).toEqual(sound)
  expect(effects(second)).toEqual(met)
})

const points: readonly [name: string, fits: (point: CutPoint) => boolean][] = [
  ['before a vault is made', ({ name }) => name.startsWith('before arm vaults.createOrUpdate')],
  ['after a vault is made', ({ name }) => name.startsWith('after arm vaults.createOrUpdate')],
  ['after a key is made', ({ name }) => name.startsWith('after keyvault keys.create')],
  ['after the mail is sent', ({ name }) => name.startsWith('after email emails.send')],
  ['before an activity whose name is on disk begins', ({ name }) => name.startsWith('begins make-key')],
  ['after an activity, before its end is recorded', ({ name }) => name.startsWith('ends make-key')],
  ['before a turn is on disk', ({ name, nth }) => name.startsWith('ends vault-set-up') && nth === 2],
  ['after a turn is on disk', ({ name, nth }) => name.startsWith('commits onboarding') && nth === 3],
  ['before an event is kept', ({ name }) => name.startsWith('hears EventRaised')],
  ['after an event is kept', ({ name }) => name.startsWith('keeps EventRaised')]
]

test.each(points)('a host that is lost %s is started again, and nothing is missing or there twice', async (_, fits) => {
  const { cuts, host } = await open()
  let lostAt: CutPoint | undefined
  cuts.at((point) => {
    if (fits(point)) lostAt ??= point
    return fits(point)
  })
  expect(await onboard(stage ?? expect.fail(), request, () => undefined)).toEqual(sound)
  expect(lostAt).toBeDefined()
  expect(host.kills).toBe(1)
})

test('a worker that is lost inside an activity fails it alone: it is tried again, and nothing is there twice', async () => {
  const { cuts, host, lines } = await open()
  cuts.at(({ name }) => name.startsWith('after keyvault keys.create'), 'worker')
  expect(await onboard(stage ?? expect.fail(), request, () => undefined)).toEqual(sound)
  expect(host.kills).toBe(0)
  expect(lines.map(({ message }) => message).join('\n')).toContain('node exited with code 137')
})

test('a worker that is lost inside a turn fails its orchestration for ever, as the real extension does', async () => {
  const { cuts, state } = await open()
  cuts.at(({ name, nth }) => name.startsWith('begins vault-set-up') && nth === 2, 'worker')
  await onboard(stage ?? expect.fail(), request, () => undefined)
  const failed = state.prepare(`SELECT output FROM instances WHERE name = 'vault-set-up' AND status = 'Failed'`).all()
  expect(failed).toHaveLength(1)
  expect(String(failed[0]?.['output'])).toContain('Non-Deterministic workflow detected')
})
