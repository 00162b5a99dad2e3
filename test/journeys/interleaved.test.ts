import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JournalEntry } from '../../local/azure/core/journal.ts'
import { outbox } from '../../local/azure/email/outbox.ts'
import type { CutPoint } from '../../local/stage/cuts.ts'
import type { Stage } from '../../local/stage/stage.ts'
import { alice, bob } from '../app/running-app.ts'
import type { OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import { play, type Played } from './played.ts'
import { oneWorkload } from './requests.ts'

/**
 * What people say within a moment, in every order, at points all through an onboarding: between a step and the next, and
 * while Azure is being asked. Slow: each case is a whole onboarding.
 */

const irreversible = new Set(['features.register', 'vaults.createOrUpdate', 'keys.create'])
const acts = ['register-feature', 'notify-microsoft', 'mail-escalation', 'make-vault', 'make-key']

interface Word {
  readonly task: string
  readonly actor: string
  readonly answer: object
}

const reason = { reason: 'somebody may have a copy of our keys' }
const cancel: Word = { task: 'cancel', actor: alice, answer: reason }
const halt: Word = { task: 'halt', actor: bob, answer: reason }
const goOn = (slot: 1 | 2): Word => ({
  task: `go-on-slot-${String(slot)}`,
  actor: slot === 1 ? alice : bob,
  answer: {}
})

/** The words of a case, where the digest of the plan is known. */
const sets: readonly ((digest: string) => Word[])[] = [
  (planDigest) => [
    { task: 'approve-slot-1', actor: alice, answer: { planDigest } },
    { task: 'approve-slot-2', actor: bob, answer: { planDigest } },
    cancel
  ],
  () => [halt, goOn(1), goOn(2)],
  () => [halt, cancel, goOn(1), goOn(2)],
  (planDigest) => [halt, { task: 'approve-slot-1', actor: alice, answer: { planDigest } }, cancel],
  () => [cancel, { task: 'cancel', actor: bob, answer: reason }]
]

/** As many as there is time for; others may be asked for. */
const seeds = (process.env['CKEY_TEST_SEEDS'] ?? '4,20').split(',').map(Number)

/** Of a run in which nobody says more than is asked, about so many points. */
const points = 240

const interleaving = fc.record({
  at: fc.integer({ min: 8, max: points }),
  words: fc.nat(sets.length - 1),
  order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
})

interface Told {
  readonly word: Word
  readonly status: number
  /** Of the last call of Azure before it was answered. */
  readonly seq: number
  /** Mails to Microsoft before it was answered. */
  readonly mailed: number
}

test.each(seeds)(
  'whatever is said in whatever order, each word taken has a verdict, and nothing that cannot be undone is done against one that stands (%i)',
  async (seed) => {
    for (const { at, words, order } of fc.sample(interleaving, { seed, numRuns: 4 })) await interleave(at, words, order)
  },
  240_000
)

async function interleave(at: number, words: number, order: readonly number[]): Promise<void> {
  const played = await play(oneWorkload())
  const stage = played.stage as Stage // of this process
  const told: Told[] = []
  let inFlight = 0
  const said = new Promise<void>((resolve) => {
    stage.cuts.meanwhile(
      ({ number }) => number === at,
      async () => {
        inFlight = underWay(stage.cuts.met)
        const { planDigest } = await played.until(() => true)
        for (const word of inOrder(sets[words]?.(planDigest) ?? [], order))
          told.push({
            word,
            status: await played.answer(word.task, word.actor, word.answer),
            seq: lastOf(stage),
            mailed: mailedBy(stage)
          })
        resolve()
      }
    )
  })
  await played.start()
  await Promise.race([said, played.until(({ status }) => status !== 'running')])
  const view = await toItsEnd(played)
  const label = `${String(at)} ${told.map(({ word, status }) => `${word.task} ${String(status)}`).join(', ')}`
  await expectVerdicts(played, told, label)
  expectHeldBack(stage, told, inFlight, label)
  const wasCancelled = told.some(({ word, status }) => word.task === 'cancel' && status === 202)
  if (!wasCancelled) expect([label, view.status]).toEqual([label, 'completed'])
  await played.end()
}

const inOrder = (all: readonly Word[], order: readonly number[]): Word[] => order.flatMap((place) => all[place] ?? [])

const lastOf = ({ azure }: Stage): number => azure.journal.entries().at(-1)?.seq ?? 0

const mailedBy = ({ azure }: Stage): number =>
  outbox(azure.world)
    .values()
    .filter(({ to }) => to.some((address) => address.endsWith('@microsoft.com'))).length

/** Activities with an effect that have begun and not ended: these may have looked already. */
const underWay = (met: readonly CutPoint[]): number =>
  acts.reduce((sum, name) => sum + count(met, `begins ${name} `) - count(met, `ends ${name} `), 0)

const count = (met: readonly CutPoint[], beginning: string): number =>
  met.filter(({ name }) => name.startsWith(beginning)).length

/** To its end; people lift each halt for whose end nobody has spoken yet. */
async function toItsEnd(played: Played): Promise<OnboardingView> {
  const lifted = new Set<string>()
  for (;;) {
    const toLift = ({ tasks }: OnboardingView) =>
      tasks.filter(({ name, since }) => name.startsWith('go-on-') && !lifted.has(`${name} ${since}`))
    const view = await played.until((each) => each.status !== 'running' || toLift(each).length > 0)
    if (view.status !== 'running') return view
    for (const { name, since } of toLift(view)) {
      lifted.add(`${name} ${since}`)
      await played.answer(name, name === goOn(1).task ? alice : bob, {})
    }
  }
}

async function expectVerdicts(played: Played, told: readonly Told[], label: string): Promise<void> {
  const { body } = await played.stage.api.get(`onboardings/${played.plan.id}/answers`)
  const items = (body as { items: { task: string; by: string; verdict?: string }[] }).items
  expect([label, items.filter(({ verdict }) => verdict === undefined)]).toEqual([label, []])
  const taken = told.filter(({ status }) => status === 202).map(({ word }) => `${word.task} ${word.actor}`)
  expect(items.map(({ task, by }) => `${task} ${by}`)).toEqual(expect.arrayContaining(taken))
}

/** From a cancel, or a halt that nobody lifts, on: no more than what was under way. */
function expectHeldBack(stage: Stage, told: readonly Told[], inFlight: number, label: string): void {
  const stop = told.find(({ word, status }) => word.task === 'cancel' && status === 202)
  if (!stop) return
  const after = stage.azure.journal.entries().filter((entry) => entry.seq > stop.seq && isIrreversible(entry))
  const mails = mailedBy(stage) - stop.mailed
  const done = after
    .map(({ operation }) => operation)
    .concat(Array.from({ length: mails }, () => 'a mail to Microsoft'))
  expect([label, done.length <= inFlight ? 'held back' : done]).toEqual([label, 'held back'])
}

const isIrreversible = ({ operation, applied }: JournalEntry): boolean => applied && irreversible.has(operation)
