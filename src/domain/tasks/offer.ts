import { z } from 'zod'
import { planWorkloads } from '../plan/plan-workloads.ts'
import { quoted, type Fault } from '../terms/fault.ts'
import { address } from '../terms/fields.ts'
import { lineOfText } from '../terms/line-of-text.ts'
import type { Offer } from '../terms/offer.ts'
import { sameText } from '../terms/same-text.ts'
import { workloads } from '../terms/workloads.ts'
import { officer } from './answer-fields.ts'
import { defineTask, none, unsaid } from './define-task.ts'
import { given, officerOf, text } from './form.ts'
import type { TaskAnswer } from './said.ts'
import { anyOperator } from './whom.ts'

const answer = z.strictObject({
  requestId: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, {
    error: ({ input }) => `${quoted(input)} is not a request id: letters, digits, dots and hyphens. Correct it.`
  }),
  officers: z
    .array(officer)
    .min(1, { error: 'No officer is named. Name those whom the offer authorises to approve the destruction of keys.' })
    .max(20, { error: 'More than 20 officers are named. Name those of the offer.' }),
  /** R9. Left out, the hand-off says that nobody said so. */
  signedInAs: address.optional(),
  /** R14 */
  chosenOffer: lineOfText(200).optional()
})

/** One FastTrack request per workload; no API exists (R9, R13–R16). */
export const offer = defineTask('offer', {
  answer: {
    component: 'OfferAnswer',
    schema: answer,
    example: {
      requestId: 'FT-104233',
      officers: [{ name: 'Olga Officer', email: 'olga@contoso.com' }],
      signedInAs: 'admin@contoso.com',
      chosenOffer: workloads.exchange.offer
    }
  },
  form: {
    title: ({ workload }) => `Record the FastTrack request for ${workload}`,
    action: 'Record the request',
    warns: false,
    fields: [
      {
        name: 'requestId',
        label: 'FastTrack request id',
        kind: 'line',
        required: true,
        help: 'As FastTrack shows it, e.g. FT-104233'
      },
      {
        name: 'officers',
        flag: 'officer',
        label: 'Officers who may authorise the destruction of keys',
        kind: 'lines',
        required: true,
        help: 'One per line: Olga Officer <olga@contoso.com>'
      },
      {
        name: 'signedInAs',
        label: 'Global administrator who signed in at FastTrack',
        kind: 'line',
        required: false,
        help: 'Their work account, e.g. admin@contoso.com; without it the hand-off says that R9 is not proved'
      },
      {
        name: 'chosenOffer',
        label: 'Offer that was chosen at FastTrack',
        kind: 'line',
        required: false,
        help: 'Its name on the card; without it the hand-off says that R14 is not proved'
      }
    ],
    toAnswer: (values) => ({
      requestId: text(values, 'requestId'),
      officers: text(values, 'officers').split(/[\n;]/).flatMap(officerOf),
      ...given(values, 'signedInAs'),
      ...given(values, 'chosenOffer')
    })
  },
  toRead: 'nothing',
  steps: ({ workload }) => portalSteps(workloads[workload].offer),
  commands: none,
  asks: ({ workload }, _: object) =>
    `Submit "${workloads[workload].offer}" at https://fasttrack.microsoft.com/ and record its request id and officers.`,
  whom: { ...anyOperator, reads: () => 'an operator with a global administrator account' },
  role: 'Operator',
  stepUp: true,
  optional: false,
  stands: 'alone',
  ofVault: false,
  proves: {
    family: 'offers',
    expected: (plan) => planWorkloads(plan).map((workload) => ({ kind: 'offer', workload }))
  },
  faults: ({ workload }, { chosenOffer }) => offerFaults(workloads[workload].offer, chosenOffer),
  reads: { status: ({ workload }) => workload, reason: unsaid, handOff: unsaid }
})

/** A request made with another offer is another request (R14). */
const offerFaults = (card: string, chosen = card): Fault[] =>
  sameText(chosen, card)
    ? []
    : [
        {
          path: '/chosenOffer',
          message: `The offer of this workload is "${card}". Submit the request with that one, and record its id.`
        }
      ]

type OfferTaskAnswer = TaskAnswer<'offer', z.output<typeof answer>>

/** The offer a person recorded. */
export const offerOf = ({ task, by, at, answer: recorded }: OfferTaskAnswer): Offer => ({
  workload: task.workload,
  ...recorded,
  submittedBy: by,
  at
})

/** Why this is no FastTrack request of its workload's own (R13). */
export function whyNotItsOwn(
  { answer: { requestId } }: OfferTaskAnswer,
  earlier: readonly OfferTaskAnswer[]
): string | undefined {
  const other = earlier.find((each) => each.answer.requestId.toLowerCase() === requestId.toLowerCase())
  return (
    other &&
    `${requestId} is the request recorded for ${other.task.workload}. Submit one for each workload, and give its own id.`
  )
}

/** https://learn.microsoft.com/purview/customer-key-set-up, "Submit a request to activate Customer Key" (R13–R15) */
const portalSteps = (card: string): readonly string[] => [
  'Sign in at https://fasttrack.microsoft.com/ with a work account that is global administrator.',
  'Choose the domain of this organization, then Deploy in the bar at the top.',
  `Open the card "${card}", read the offer, and choose Continue to step 2.`,
  'Fill in the form. Take care over the officers: they alone may approve that keys and data are destroyed for good.',
  'Choose Submit, and record here the request id that is shown, the officers you named, and with which account you signed in.'
]
