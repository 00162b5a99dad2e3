import type { LetterInput } from '../contracts/letters.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import type { At } from '../contracts/orchestration.ts'
import { minuteOf } from '../domain/mails/minute-mails.ts'
import { sha256 } from '../sha256.ts'
import type { Orchestrations } from './durable-client.ts'

/** What starts mails needs of the engine. */
type Starter = Pick<Orchestrations, 'find' | 'start'>

/**
 * Tells whoever said something by mail that it was taken down, and what became of it, once the minute of its entry is over. One
 * run mails of all that happened in a minute.
 */
export function confirmLater(orchestrations: Starter, onboarding: string, moment: string): Promise<void> {
  const minute = minuteOf(moment)
  const at = orchestrators.minuteMails.at(onboarding, minute.replaceAll(/[:-]/g, ''))
  return startOnce(orchestrations, at, { onboarding, minute })
}

/** Tells operators by mail of everything that was taken over in the minute of this entry, once that is over. */
export const tellOfTakeover = confirmLater

/** Starts the sending of a letter; one that was ever started is sent or given up there. */
export const startLetter = (orchestrations: Starter, letter: LetterInput): Promise<void> =>
  startOnce(
    orchestrations,
    orchestrators.letter.at(letter.onboarding, sha256(letter.same.join('\n')).slice(0, 40)),
    letter
  )

async function startOnce<Input>(
  orchestrations: Starter,
  at: At<Input, unknown, unknown>,
  input: NoInfer<Input>
): Promise<void> {
  if ((await orchestrations.find(at)) === undefined) await orchestrations.start(at, input)
}
