import { z } from 'zod'
import { quoted, type Fault } from '../terms/fault.ts'
import { workload } from '../terms/fields.ts'
import { lineOfText } from '../terms/line-of-text.ts'
import { workloads, type Workload } from '../terms/workloads.ts'
import { moment } from './answer-fields.ts'
import { defineTask, none } from './define-task.ts'
import { given, momentOf, text } from './form.ts'
import { microsoftOutcomeNames, outcomeOf, type AskedOfMicrosoft, type MicrosoftOutcome } from './microsoft-outcomes.ts'
import { lineOf } from './said.ts'
import { anyOperator } from './whom.ts'

const answer = z.strictObject({
  outcome: z.literal(microsoftOutcomeNames, {
    error: ({ input }) =>
      `${quoted(input)} is nothing that Microsoft can have answered here. Use ${microsoftOutcomeNames.join(', ')}.`
  }),
  workload: workload.optional(),
  reference: lineOfText(100).optional(),
  at: moment.optional()
})

type MicrosoftAnswer = z.output<typeof answer>

/** What was answered last, where anything was, and what the next step is written of. */
export interface MicrosoftWait extends AskedOfMicrosoft {
  readonly last?: MicrosoftAnswer
}

/** Microsoft may answer otherwise than its article says (R22, R25): each answer has its next step, and nobody stands still. */
export const microsoftAnswered = defineTask('microsoft-answered', {
  answer: {
    component: 'MicrosoftAnsweredAnswer',
    schema: answer,
    example: { outcome: 'ticket-opened', workload: 'exchange', reference: 'case 4711', at: '2026-11-24T09:30:00-08:00' }
  },
  form: {
    title: () => 'Record what else Microsoft answered',
    action: 'Record it',
    warns: false,
    fields: [
      {
        name: 'outcome',
        label: 'What it answered',
        kind: 'choice',
        required: true,
        choices: microsoftOutcomeNames.map((value) => ({ value, label: outcomeOf(value).title }))
      },
      {
        name: 'workload',
        label: 'Of which mail',
        kind: 'line',
        required: false,
        help: 'A workload, e.g. exchange; empty: all'
      },
      {
        name: 'reference',
        label: 'Microsoft’s reference number',
        kind: 'line',
        required: false,
        help: 'e.g. of the support request'
      },
      { name: 'at', label: 'When Microsoft answered', kind: 'moment', required: false, help: 'Empty: now' }
    ],
    toAnswer: (values, { zone }) => ({
      outcome: text(values, 'outcome'),
      ...given(values, 'workload'),
      ...given(values, 'reference'),
      ...momentOf(text(values, 'at'), zone)
    })
  },
  toRead: 'nothing',
  steps: none,
  commands: (_, about: MicrosoftWait) =>
    about.last === undefined ? [] : outcomeOf(about.last.outcome).commands(about),
  asks: (_, about: MicrosoftWait, commands) =>
    about.last === undefined
      ? 'If a mail comes back, or Microsoft asks for something else than its article says, record it: the next step then stands here.'
      : `${inWords(about.last)}. ${outcomeOf(about.last.outcome).next(about, commands)}`,
  whom: anyOperator,
  role: 'Operator',
  stepUp: false,
  optional: true,
  stands: 'alone',
  ofVault: false,
  proves: undefined,
  faults: (_, said): Fault[] =>
    said.outcome === 'ticket-opened' && said.reference === undefined
      ? [{ path: '/reference', message: 'The number of the support request is missing here. Add it.' }]
      : [],
  reads: {
    status: () => 'Microsoft answered',
    reason: inWords,
    handOff: (said) => ({ microsoft: { ...lineOf(said), says: inWords(said.answer) } })
  }
})

/** Whose turn it is after this answer. */
export const turnAfter = (outcome: MicrosoftOutcome | undefined): 'people' | 'microsoft' =>
  outcome === undefined ? 'microsoft' : outcomeOf(outcome).turn

/** Which mails an answer is about. */
export const mailsOf = (
  { workload: one }: Pick<MicrosoftAnswer, 'workload'>,
  all: readonly Workload[]
): readonly Workload[] => (one === undefined ? all : all.filter((each) => each === one))

function inWords({ outcome, workload: one, reference }: MicrosoftAnswer): string {
  const about = one === undefined ? '' : ` (${workloads[one].title})`
  return `${outcomeOf(outcome).title}${about}${reference === undefined ? '' : `, reference ${reference}`}`
}
