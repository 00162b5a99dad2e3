import type { LetterInput } from '../contracts/letters.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import type { At } from '../contracts/orchestration.ts'
import { minuteOf } from '../domain/mails/minute-mails.ts'
import { sha256 } from '../sha256.ts'
import type { Orchestrations } from './durable-client.ts'

/** What starts mails needs of the engine. */
type Starter = Pick<Orchestrations, 'find' | 'start'>

/**
 * Mails, once the minute of an entry is over, of all that happened in it: whoever said something is told that it was taken down
 * and what became of it, and operators of what was taken over.
 */
export function mailLater(orchestrations: Starter, onboarding: string, moment: string): Promise<void> {
  const minute = minuteOf(moment)
  const at = orchestrators.minuteMails.at(onboarding, minute.replaceAll(/[:-]/g, ''))
  return startOnce(orchestrations, at, { onboarding, minute })
}

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
