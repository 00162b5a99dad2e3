import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { CutPoint } from '../../local/stage/cuts.ts'
import type { Stage } from '../../local/stage/stage.ts'
import { connectAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { chainParts } from '../../src/domain/ledger/chains.ts'
import { entriesOfKind } from '../../src/domain/ledger/entry.ts'
import { createLedger } from '../../src/steps/ledger/ledger.ts'
import { createStarts } from '../../src/steps/plans/starts.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'
import { expectSound } from './sound.ts'

/** Two instances of one chain at work at the same time: as when one is taken over that was only slow. */

test.for(['register-feature', 'notify-microsoft', 'make-vault', 'make-key'])(
  'a second generation begins while the first one is at %s: nothing is done twice',
  { timeout: 240_000 },
  async (activity) => {
    const played = await play(oneWorkload())
    const { stage } = played
    const second = Promise.withResolvers<string>()
    const isThere = ({ name }: CutPoint): boolean => name.startsWith(`begins ${activity} (`)
    stage.cuts.meanwhile(isThere, () =>
      beginSecond(stage, stage.cuts.met.findLast(isThere)?.name ?? '').then(second.resolve, second.reject)
    )
    await played.start()
    const id = await second.promise
    await played.until(({ status }) => status !== 'running')
    expect(stage.hub.status(id)).toBe('Completed')
    await expectSound(played)
  }
)

/** Each with what Azure is asked of, and how often that may be done in an onboarding of one policy. */
const effects = [
  ['register-feature', 'arm features.register', 2],
  ['notify-microsoft', 'email emails.send', undefined], // mails to operators are among them
  ['make-vault', 'arm vaults.createOrUpdate', 2],
  ['make-key', 'keyvault keys.create', 2]
] as const

test.for(effects)(
  'two generations have both looked and are both about to act, at %s: one does',
  { timeout: 240_000 },
  async ([activity, effect, times]) => {
    const played = await play(oneWorkload())
    const { stage } = played
    const isBegun = ({ name }: CutPoint): boolean => name.startsWith(`begins ${activity} (`)
    const met = (isThere: (point: CutPoint) => boolean): number => stage.cuts.met.filter(isThere).length
    const isThere = ({ name }: CutPoint): boolean => name.startsWith(`before ${effect} `) && met(isBegun) > 0
    let second = ''
    stage.cuts.meanwhile(isThere, async () => {
      second = await beginSecond(stage, stage.cuts.met.findLast(isBegun)?.name ?? '')
      const begun = met(isBegun)
      for (let looks = 0; looks < 300 && met(isBegun) === begun; looks += 1) await sleep(10)
      await sleep(1_000) // it comes to the same point, unless something keeps it out
    })
    await played.start()
    await played.until(({ status }) => status !== 'running')
    expect(stage.hub.status(second)).toBe('Completed')
    const done = stage.azure.journal
      .entries()
      .filter(({ service, operation, applied }) => applied && `${service} ${operation}` === effect)
    if (times !== undefined) expect(done).toHaveLength(times)
    await expectSound(played)
  }
)

/** The next generation of the chain whose instance came to this point, announced and started as the watch would. */
async function beginSecond({ azure, host }: Stage, point: string): Promise<string> {
  const [, chain = ''] = /\((.+)\)$/.exec(point) ?? []
  const connected = connectAzure(readConfig(process.env))
  const [ledger, starts] = [createLedger(connected), createStarts(connected)]
  const first = entriesOfKind(await ledger.entries(chain), 'generation').at(-1)?.said ?? expect.fail()
  const { onboarding, branch } = chainParts(chain) ?? expect.fail()
  const { kind: _, id: __, ...said } = first
  const id = `${chain}.g2`
  expect(await ledger.addGeneration(chain, { ...said, number: 2, instance: id, why: 'asked' })).toBe(true)
  const input = branch
    ? first.input && (await starts.branch(first.input))
    : (await starts.onboarding(onboarding))?.input
  const url = new URL(
    `/runtime/webhooks/durabletask/orchestrators/${branch ? 'vault-set-up' : 'onboarding'}/${id}`,
    await host.ready
  )
  url.searchParams.set('code', azure.seed.webhook.systemKey)
  const body = JSON.stringify({ ...input, generation: 2 })
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  expect(answer.status).toBe(202)
  return id
}
