import { z } from 'zod'
import { lineOfText } from '../terms/line-of-text.ts'
import { slaInWords, type SlaRules } from '../calendar/sla.ts'
import { moment } from './answer-fields.ts'
import { defineTask, none } from './define-task.ts'
import { given, momentOf, text } from './form.ts'
import { lineOf } from './said.ts'
import { anyOperator } from './whom.ts'

const answer = z.strictObject({ at: moment.optional(), reference: lineOfText(200).optional() })

/** Microsoft's acknowledgement is welcome and never needed: without it the wait counts from the mail (R25). */
export const acknowledge = defineTask('acknowledge', {
  answer: {
    component: 'AcknowledgeAnswer',
    schema: answer,
    example: { at: '2026-11-24T09:30:00-08:00', reference: 'case 4711' }
  },
  form: {
    title: () => 'Record Microsoft’s acknowledgement',
    action: 'Record it',
    warns: false,
    fields: [
      { name: 'at', label: 'When Microsoft acknowledged', kind: 'moment', required: false, help: 'Empty: now' },
      { name: 'reference', label: 'Reference', kind: 'line', required: false, help: 'e.g. a case number' }
    ],
    toAnswer: (values, { zone }) => ({ ...momentOf(text(values, 'at'), zone), ...given(values, 'reference') })
  },
  toRead: 'nothing',
  steps: none,
  commands: none,
  asks: (_, sla: SlaRules) =>
    `Record that Microsoft acknowledged the registration; the wait of ${slaInWords(sla)} then begins anew.`,
  whom: anyOperator,
  role: 'Operator',
  stepUp: false,
  optional: true,
  stands: 'alone',
  ofVault: false,
  proves: { family: 'acknowledgement', expected: () => [{ kind: 'acknowledge' }] },
  faults: none,
  reads: {
    status: () => 'acknowledgement',
    reason: ({ reference }) => reference && `reference ${reference}`,
    handOff: (said) => ({ microsoft: { ...lineOf(said), says: acknowledged(said.answer) } })
  }
})

const acknowledged = ({ reference }: z.output<typeof answer>): string =>
  `Microsoft acknowledged${reference === undefined ? '' : `, reference ${reference}`}`
