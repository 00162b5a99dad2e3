import type { HandedOver } from '../contracts/activities.ts'
import type { LetterInput, LetterOutcome } from '../contracts/letters.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import { onboardingChain } from '../domain/ledger/chains.ts'
import type { Patience } from '../domain/state/azure-wait.ts'
import { letterName } from '../domain/mails/operator-letters.ts'
import { act, input, later, now, sleepUntil, whyFailed, type Context, type Story } from './durable.ts'
import { insisting, looksFor } from './patience.ts'

/**
 * One letter to people, beside the work (DESIGN rule 11): sent with patience and followed to its end. One that does not arrive
 * is said in the onboarding's chain, and the story then tells of it.
 */
export function* letter(context: Context): Story<LetterOutcome> {
  const told = input(context, orchestrators.letter)
  const why = yield* whyNotThere(context, told)
  if (why === undefined) return { outcome: 'delivered' }
  const { onboarding, same } = told
  const failed = { onboarding, now: now(context), same, letter: letterName(told.letter), why }
  yield* insisting(context, () => act(context, 'note-failed-mail', failed))
  yield* act(context, 'wake', { chains: [onboardingChain(onboarding)] })
  return { outcome: 'failed', why }
}

/** What has killed an instance so often may do so again. */
const mostDeaths = 3

function* whyNotThere(context: Context, told: LetterInput): Story<string | undefined> {
  const { deaths = 0 } = told
  if (deaths > mostDeaths) return `what was to send it died ${String(deaths)} times`
  try {
    const handedOver = yield* insisting(context, () => hand(context, told))
    return yield* followed(context, told.onboarding, handedOver)
  } catch (error) {
    return whyFailed(error)
  }
}

/** Seconds: how long it looks for room, and how long it lets mails to Microsoft go first that are not out yet. */
const forRoom: Patience = { first: 60, longest: 3600, most: 2 * 86_400 }
const yieldsFor = 7200

type Taken = Omit<HandedOver, 'sentAt'>

/** Hands it over, after what is to go out to Microsoft, and where that leaves room. */
function* hand(context: Context, told: LetterInput): Story<Taken> {
  if (told.operationId !== undefined) return { operationId: told.operationId, before: false }
  const { onboarding, now: written, plan, letter: content, replaced = [] } = told
  const mail = { onboarding, now: written, plan, letter: content, replaced } // its moment tells it from others of its kind
  const upTo = later(context, yieldsFor)
  let held = ''
  const handedOver = yield* looksFor(context, forRoom, function* () {
    const yields = new Date(now(context)) < upTo
    const answer = yield* act(context, 'mail-operators', { ...mail, yields })
    if (!('held' in answer)) return answer
    held = answer.held
    return undefined
  })
  if (handedOver) return handedOver
  throw new Error(`there was no room for it in two days beside other mails (${held})`)
}

/** Seconds: seldom, since looks have limits of their own, which Microsoft's mails share. */
const firstLook = 120
const laterLooks: Patience = { first: 600, longest: 43_200, most: 86_400 }

/** Why it did not arrive, as far as the mail service ever says. */
function* followed(context: Context, onboarding: string, { operationId, before }: Taken): Story<string | undefined> {
  yield* sleepUntil(context, later(context, firstLook))
  let last = ''
  const end = yield* looksFor(context, laterLooks, function* () {
    last = yield* stateOf(context, { onboarding, now: now(context), operationId })
    return last === 'Succeeded' || last === 'Failed' || last === 'Canceled' ? last : undefined
  })
  if (end === 'Succeeded' || (last === 'unknown' && before)) return undefined // sent long ago, and forgotten since
  return end === undefined
    ? `the mail service took it, and a day later it is not known to be delivered (${last})`
    : `the mail service took it and could not deliver it (its operation ${operationId} ended ${end})`
}

/** A look that fails is no news of the mail. */
function* stateOf(
  context: Context,
  about: { readonly onboarding: string; readonly now: string; readonly operationId: string }
): Story<string> {
  try {
    return (yield* act(context, 'look-at-letter', about)).state
  } catch (error) {
    return whyFailed(error)
  }
}
