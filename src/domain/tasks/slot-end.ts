import { z } from 'zod'
import { lineOfText } from '../terms/line-of-text.ts'
import { defineTask, none, unsaid } from './define-task.ts'
import { given, text } from './form.ts'
import { buttonAlone, done } from './nothing-to-say.ts'
import { ownOperators } from './whom.ts'

/** What is left to each slot's people once all is made. */

export const attestation = z.strictObject({ location: lineOfText(200), statement: lineOfText(500).optional() })

/** Somebody keeps offline copies of a slot's backups, away from any network (R45). */
export const attestOffline = defineTask('attest-offline', {
  answer: { component: 'AttestAnswer', schema: attestation, example: { location: 'safe 1, headquarters' } },
  form: {
    title: ({ slot }) => `Attest the offline copy of slot ${slot}`,
    action: 'Attest it',
    warns: false,
    fields: [
      {
        name: 'location',
        label: 'Where the copies are kept',
        kind: 'line',
        required: true,
        help: 'e.g. safe 2, headquarters'
      },
      { name: 'statement', label: 'Statement', kind: 'line', required: false }
    ],
    toAnswer: (values) => ({ location: text(values, 'location'), ...given(values, 'statement') })
  },
  toRead: 'nothing',
  steps: none,
  commands: none,
  asks: ({ slot }, _: object) => `Store offline copies of slot ${slot}'s key backups and say where they are kept.`,
  whom: ownOperators,
  role: 'Operator',
  stepUp: true,
  optional: false,
  stands: 'alone',
  ofVault: false,
  proves: {
    family: 'attestations',
    expected: ({ slots }) => slots.map(({ slot }) => ({ kind: 'attest-offline', slot }))
  },
  faults: none,
  reads: {
    status: ({ slot }) => `slot ${slot}`,
    reason: unsaid,
    handOff: unsaid
  }
})

interface RolesToRemove {
  /** One for each role. */
  readonly removals: readonly string[]
}

/** The app's right to change vaults goes with the set-up (R34). */
export const removeSetupRole = defineTask('remove-setup-role', {
  answer: done,
  form: {
    ...buttonAlone,
    title: ({ slot }) => `Remove the set-up role of slot ${slot}`,
    action: 'It is removed',
    warns: false
  },
  toRead: 'nothing',
  steps: none,
  commands: (_, { removals }: RolesToRemove) => removals,
  asks: (_, __, commands) => `All is made: take the set-up role from this app. Run ${commands.join(' and ')}`,
  whom: ownOperators,
  role: 'Operator',
  stepUp: false,
  optional: false,
  stands: 'alone',
  ofVault: false,
  proves: undefined,
  faults: none,
  reads: { status: ({ slot }) => `slot ${slot}`, reason: unsaid, handOff: unsaid }
})
