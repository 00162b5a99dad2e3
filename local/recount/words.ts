import type { Answer, Delivered } from './delivered.ts'
import { codeOf, type Fact } from './facts.ts'
import type { Needs, Whose } from './needs.ts'
import { isElsewhere, workloadsIn } from './resources.ts'
import { microsoft } from './sees.ts'

/** What somebody said, and when. */
export interface Word {
  readonly task: string
  readonly by: string
  readonly at: string
}

/** Who said to go on, where that is what a row stands on. */
export function overridesIn(id: string, facts: readonly Fact[], { handOff, answers }: Delivered): Word[] {
  const isOfRow = ({ code, requirement }: Delivered['handOff']['overrides'][number]): boolean => {
    const fact = facts.find(({ check, resource }) => codeOf(check, resource) === code)
    return fact ? fact.state === 'overridden' : requirement === id
  }
  return handOff.overrides
    .filter(isOfRow)
    .flatMap(({ code, at }) => answers.filter((each) => each.task === `override-${code}` && each.at === at))
}

export interface Said {
  readonly words: readonly Word[]
  readonly of: number
  readonly given: number
  readonly missing: readonly string[]
}

const nothing: Said = { words: [], of: 0, given: 0, missing: [] }

/** Whose words a row needs, and whether they were said. */
export function saidFor(id: string, { said, heard, shown }: Needs, delivered: Delivered): Said {
  const whose = said ?? heard
  const stated = whose === undefined ? nothing : statedBy(id, whose, delivered)
  const later = laterWords(id, delivered)
  const elsewhere =
    id === 'R22' && workloadsIn(delivered.plan).some((each) => isElsewhere(delivered.plan, each))
      ? statedBy(id, 'approvals', delivered)
      : nothing
  const seen = shown ? shownTo(delivered) : nothing
  const all = [seen, elsewhere, stated, { ...nothing, words: later }]
  return {
    words: all.flatMap(({ words }) => words),
    of: all.reduce((sum, each) => sum + each.of, 0),
    given: all.reduce((sum, each) => sum + each.given, 0),
    missing: all.flatMap(({ missing }) => missing)
  }
}

function statedBy(id: string, whose: Whose, delivered: Delivered): Said {
  const asked = tasksOf(whose, delivered)
  const given = delivered.answers.filter((each) => asked.includes(each.task) && says(id, each, delivered))
  const needed = whose === 'acknowledgement' ? [] : asked
  const left = needed.filter((task) => !given.some((each) => each.task === task))
  return {
    words: given,
    of: needed.length,
    given: needed.length - left.length,
    missing: [...left.map((task) => `${task} has not said so`), ...(whose === 'approvals' ? sameHand(given) : [])]
  }
}

/** One person for both slots is nobody's second pair of eyes (R11). */
const sameHand = (given: readonly Answer[]): string[] =>
  new Set(given.map(({ oid }) => oid)).size < new Set(given.map(({ task }) => task)).size
    ? ['one person approved both slots']
    : []

function tasksOf(whose: Whose, { plan }: Delivered): string[] {
  if (whose === 'offers') return workloadsIn(plan).map((each) => `offer-${each}`)
  if (whose === 'mails') return plan.mail === 'person' ? workloadsIn(plan).map((each) => `send-mail-${each}`) : []
  if (whose === 'acknowledgement') return ['acknowledge']
  return plan.slots.map(({ slot }) => `${whose === 'approvals' ? 'approve-slot' : 'attest-offline'}-${slot}`)
}

/** What an answer must say for its row, by the article. */
function says(id: string, { task, answer }: Answer, { plan, answers, handOff }: Delivered): boolean {
  const workload = workloadsIn(plan).find((each) => task === `offer-${each}`)
  if (task.startsWith('approve-')) return answer['planDigest'] === handOff.planDigest
  if (workload === undefined) return true
  if (id === 'R9') return typeof answer['signedInAs'] === 'string'
  if (id === 'R14') return answer['chosenOffer'] === microsoft[workload].offer
  if (id === 'R15') return Array.isArray(answer['officers']) && answer['officers'].length > 0
  if (id !== 'R13') return true
  const others = answers.filter((each) => each.task.startsWith('offer-') && each.task !== task)
  return others.every((each) => each.answer['requestId'] !== answer['requestId'])
}

/** What was said beside what was asked: an escalation sent by hand, a copy attested once more. */
function laterWords(id: string, { answers, handOff, copies }: Delivered): Word[] {
  if (id === 'R25') return answers.filter(({ task }) => task.startsWith('send-escalation-'))
  if (id !== 'R45') return []
  const asked = answers.filter(({ task }) => task.startsWith('attest-offline-'))
  return handOff.offlineCopies.filter(
    ({ by, at }) => !asked.some((each) => each.at === at) && copies.some((each) => each.by === by && each.at === at)
  )
}

/** Each who approved had been shown it, themselves: a record was written of it, and not after they approved. */
function shownTo(delivered: Delivered): Said {
  const approvals = statedBy('R1', 'approvals', delivered)
  const approvers = delivered.answers.filter(({ task }) => task.startsWith('approve-slot-'))
  const words = approvers.flatMap(({ task, by, oid, at: approved }) =>
    delivered.shown.filter((each) => each.oid === oid && each.at <= approved).map(({ at }) => ({ task, by, at }))
  )
  const blind = approvers.filter(({ task }) => !words.some((each) => each.task === task))
  const given = Math.max(0, approvals.of - blind.length - approvals.missing.length)
  return {
    words,
    of: approvals.of,
    given,
    missing: [...approvals.missing, ...blind.map(({ task }) => `whoever said ${task} was not shown it before`)]
  }
}

/**
 * After a breach each alias was written to as often as any was to be: by the app, as the ledger says, or by a person, who says
 * so.
 */
export function unescalated({ handOff, plan, answers, begun, done }: Delivered): string[] {
  if (handOff.registration.breachedAt === undefined) return []
  const numbers = begun.flatMap((intent) => Number(/^mail-escalation\..*\.([0-9]+)$/.exec(intent)?.[1] ?? []))
  const due = Array.from({ length: Math.max(1, ...numbers) }, (_, before) => String(before + 1))
  return workloadsIn(plan).flatMap((each) =>
    due
      .filter(
        (number) =>
          !done.some(({ intent }) => intent === `mail-escalation.${each}.${number}`) &&
          !answers.some(({ task }) => task === `send-escalation-${number}-${each}`)
      )
      .map((number) => `escalation ${number} did not go to the alias of ${each}`)
  )
}
