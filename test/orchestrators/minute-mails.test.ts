import { expect, test } from 'vitest'
import { type Fakes, tryOrchestrator } from '../../local/host/testing.ts'
import type { Activities } from '../../src/contracts/activities.ts'
import type { OperatorLetter } from '../../src/domain/mails/operator-letters.ts'
import { usualDeployment } from '../../src/domain/plan/deployment.ts'
import type { Outcome } from '../../src/domain/terms/outcome.ts'
import { minuteMails } from '../../src/orchestrators/minute-mails.ts'

const DAY_MS = 24 * 3_600_000
const from = new Date('2026-11-30T07:12:20.000Z')
const minute = '2026-11-30T07:12'
const giver = { upn: 'alice@contoso.com', oid: 'a' }
const answer = { id: '1', task: 'cancel', at: '2026-11-30T07:12:19.000Z' }
const confirmation: OperatorLetter = { kind: 'confirmation', minute, giver, said: [answer] }
const verdict: OperatorLetter = { kind: 'verdict', giver, said: [{ ...answer, verdict: 'late', why: 'It had ended.' }] }

type Used = 'gather-letters' | 'post-letter'
type Contracts = { [N in Used]: { input: Activities[N]['input']; output: Outcome<Activities[N]['output']> } }

/** What each look at the ledger finds. */
async function mailed(looks: readonly { letters: readonly OperatorLetter[]; isOpen: boolean }[]) {
  let look = 0
  const activities: Fakes<Contracts> = {
    'gather-letters': () => ({
      done: {
        plan: { name: 'contoso-1/plan.json', digest: 'v1.0' },
        sla: usualDeployment.sla,
        replaced: [],
        ...(looks[look++] ?? looks.at(-1) ?? { letters: [], isOpen: false })
      }
    }),
    'post-letter': () => ({ done: null })
  }
  const input = { onboarding: 'contoso-1', minute }
  const trial = await tryOrchestrator<{ letters: number }, Contracts>({
    orchestrator: minuteMails,
    input,
    activities,
    from
  })
  const posted = trial.calls.filter(({ name }) => name === 'post-letter').map(({ input: told }) => told)
  return { ...trial, looks: look, posted }
}

test('a minute is read once it is over, and each of its mails is started under what it is about alone', async () => {
  const { posted, took, looks } = await mailed([{ letters: [confirmation], isOpen: false }])
  expect(posted).toMatchObject([{ letter: confirmation, same: ['confirmation', minute, '1'] }])
  expect([looks, took]).toEqual([1, 70_000])
})

test('what is judged later is told when it is judged, and what was told is not told again', async () => {
  const { posted } = await mailed([
    { letters: [confirmation], isOpen: true },
    { letters: [confirmation], isOpen: true },
    { letters: [confirmation, verdict], isOpen: false }
  ])
  expect(posted.map((each) => (each as { same: string[] }).same)).toEqual([
    ['confirmation', minute, '1'],
    ['verdict', '1']
  ])
})

test('an answer that nobody ever judges is looked at ever more seldom, and given up', async () => {
  const { posted, looks, took } = await mailed([{ letters: [confirmation], isOpen: true }])
  expect(posted).toHaveLength(1)
  expect(looks).toBeLessThan(30)
  expect(took).toBeGreaterThan(14 * DAY_MS)
})
