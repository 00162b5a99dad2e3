import { note, noteDone } from './board.ts'
import type { Activities, HandOffParts } from '../contracts/activities.ts'
import { removal, setupRoleNames } from '../domain/checks/setup-role.ts'
import type { HandOffReceipt } from '../contracts/orchestrations.ts'
import { countsInWords } from '../domain/hand-off/requirement-report.ts'
import { questionOf } from './people.ts'
import { askChapter } from './ask-chapter.ts'
import { act, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { answersTo, type Answer } from '../domain/tasks/answers.ts'
import type { Preflight } from './preflight.ts'
import { stillVerified, type Gathered, type Verification } from './verification.ts'
import { tellOperators } from './tell-operators.ts'
import { untilHeld, type Look } from './until-held.ts'

/** What is left to each slot's people: offline copies of its backups (R45), and taking the set-up role from the app (R34). */
export function* attestations(run: Run, { slotIdentities }: Preflight): Story<Answer[]> {
  const { board, plan } = run
  const answers = yield* askChapter(
    run,
    'attestations',
    plan.slots.flatMap(({ slot, subscriptionId }) => {
      const scope = `/subscriptions/${subscriptionId}`
      const names = setupRoleNames({ slot, namePrefix: plan.namePrefix, authorization: plan.authorization })
      const removals = names.map((roleName) => removal(slotIdentities[slot], { roleName, scope }))
      return [
        questionOf(run, { kind: 'attest-offline', slot }, {}),
        questionOf(run, { kind: 'remove-setup-role', slot }, { removals })
      ]
    })
  )
  const attested = answersTo(answers, 'attest-offline')
  noteDone(board, 'Offline copies', `offline copies attested by ${attested.map(({ by }) => by).join(' and ')}`, ['R45'])
  return answers
}

interface ToHandOver {
  readonly verified: Verification
  /** By which whatever was seen too long ago is seen anew. */
  readonly gathered: Gathered
  readonly factsOf: (verified: Verification) => Omit<HandOffParts, 'overrides'>
}

/** Writes the hand-off and tells the operators (R46, R47). What it says was so a moment ago: each try looks at that first. */
export function* handOver(run: Run, { verified, gathered, factsOf }: ToHandOver): Story<HandOffReceipt> {
  const { context, board, planRef, requestId } = run
  note(board, { fact: 'chapter-begun', step: 'hand-off', waitingOn: 'azure' })
  const about = { code: 'hand-off', requirement: 'R46', resource: 'the hand-off' } as const
  let newest = verified
  const { receipt } = yield* untilHeld(run, about, function* (): Story<Written> {
    const seen = yield* stillVerified(run, gathered, newest)
    if (!seen.verified) return seen
    newest = seen.verified
    const facts = { ...factsOf(newest), overrides: board.state.overrides }
    const written = { onboarding: requestId, now: now(context), plan: planRef, facts }
    return { receipt: yield* act(context, 'write-hand-off', written), findings: [] }
  })
  if (!receipt) throw new Error('The hand-off was not written, and nothing says why. Report it.')
  noteDone(board, 'Handed off', `requirements: ${countsInWords(receipt.requirements)}`, ['R46', 'R47'])
  yield* tellOperators(run, { kind: 'done', sha256: receipt.sha256 })
  return { name: receipt.name, sha256: receipt.sha256 }
}

interface Written extends Look {
  readonly receipt?: Activities['write-hand-off']['output']
}
