import { handedOverAgain, lookedAtAgain, retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { adoptionCheck, answered, sweptCheck, type AnswerObserved } from './unreachable.ts'

/**
 * Kinds of refusals in which nobody refused: Azure said yes, or the store has the record, and what it says is not what such
 * an answer or record is (DESIGN rule 12).
 */
export const isUnreadable = (kind: string): boolean => kind === 'unreadable' || kind === 'unreadable-record'

const read = { ...answered, describe: ({ refusal }: AnswerObserved) => refusal ?? 'it was read' } as const

const misread = {
  refusal:
    'Azure Resource Manager answered something that cannot be read (200 UnexpectedAnswer): LIST role assignments as slot-1, ' +
    'request ID: /value: expected array, received undefined'
}

const cure = () =>
  'Look by hand whether what it is about is as it should be, then retry. Where the same comes back, report what was observed, ' +
  'with the request id, as a fault of the app: trying again does not cure it.'

const nothingHeld = 'Nothing is taken as true, written down or passed by such an answer.'

/** A step of an onboarding to which Azure said yes in words that are none. */
export const unreadableStepCheck: Check<AnswerObserved, undefined> = {
  ...read,
  code: 'unreadable',
  requirement: 'R7',
  on: 'step',
  expected: () => 'an answer that can be read',
  means:
    'A step was answered, and what came cannot be an answer to what was asked: a list that is none, a part that must be there ' +
    'and is not, a text for a number; or a stored record is damaged. Something between the app and Azure may have answered, ' +
    `or Azure changed what it says. ${nothingHeld} The code goes on with the step; the finding says who answered what call, ` +
    'and what was expected where.',
  look: ['az rest --method get --url "https://management.azure.com/subscriptions/SUB?api-version=2022-12-01"'],
  cure,
  afterwards: `What was asked is asked anew, and what was written is looked at before anything is written again. ${retried}`,
  broken: [{ observed: misread, expected: undefined }]
}

/** The same of a key, its backup or a vault that a sweep looked at. */
export const unreadableSweptCheck: Check<AnswerObserved, undefined> = {
  ...read,
  code: 'backup-unreadable',
  requirement: 'R45',
  on: 'key',
  expected: () => 'answers about key and backup that can be read',
  means:
    'A sweep asked about a key or its backup, and what Key Vault or the store answered cannot be an answer to it. ' +
    `${nothingHeld} The key counts as one of which nobody knows whether it is backed up.`,
  look: sweptCheck.look,
  cure: () =>
    'Look by hand whether key and backup are there. Where this stays from sweep to sweep, report what was observed, with the ' +
    'request id, as a fault of the app.',
  afterwards: lookedAtAgain,
  broken: [{ observed: misread, expected: undefined }]
}

/** The same of a vault that is handed over. */
export const unreadableAdoptionCheck: Check<AnswerObserved, undefined> = {
  ...read,
  code: 'vault-readable',
  requirement: 'R45',
  on: 'vault',
  expected: () => 'answers about the vault that can be read',
  means: `What Azure answered about the vault that is handed over cannot be an answer to what was asked. ${nothingHeld}`,
  look: adoptionCheck.look,
  cure: () =>
    'Look by hand whether the vault is as it should be, then hand it over again. Where the same comes back, report what was ' +
    'observed, with the request id, as a fault of the app.',
  afterwards: handedOverAgain,
  broken: [{ observed: misread, expected: undefined }]
}
