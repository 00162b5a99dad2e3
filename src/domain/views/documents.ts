import { z } from 'zod'
import { waitedOn } from '../state/state.ts'
import { choiceFields } from '../terms/choices.ts'
import { erasedMark } from '../terms/erased-mark.ts'
import { evidence as evidenceRecord, identity } from '../terms/evidence.ts'
import { moment, requirement, sha256, slot, workload, zone } from '../terms/fields.ts'
import { immutability } from '../terms/immutability.ts'
import { planDigest } from '../plan/plan-digest.ts'
import { shownPlan } from '../plan/plan.ts'

/** What the HTTP API answers. The same schemas make its OpenAPI description and check what clients read. */

const purpose = choiceFields.purpose.meta({ description: 'Whether Standard vaults and software keys may pass' })
const waitingOn = z.enum(waitedOn)

export const onboardingStates = ['running', 'completed', 'cancelled'] as const
export type OnboardingState = (typeof onboardingStates)[number]

export const organization = z.object({ tenantId: z.string(), domain: z.string() })

export const finding = z.object({
  check: z.string().meta({ description: 'Code of the check: `code` without what it is about' }),
  code: z.string(),
  requirement,
  resource: z.string(),
  observed: z.string(),
  expected: z.string(),
  remedy: z.string(),
  overridable: z.boolean(),
  cause: z.string().optional().meta({ description: 'To be mended: findings with the same are of one cause' }),
  mend: z.string().optional().meta({ description: 'What the app does about it on a word (task mend-{code})' })
})

export const findingSince = finding.extend({ since: moment })

export const task = z.object({
  name: z.string(),
  since: moment,
  for: z.string().meta({ description: 'Who may answer, for a reader' }),
  asks: z.string(),
  optional: z.boolean().optional().meta({ description: 'Nothing waits for it' })
})

export const stepDone = z.object({
  step: z.string(),
  title: z.string(),
  at: moment,
  detail: z.string(),
  requirements: z.array(requirement)
})

/** What became of an answer. */
const judgement = {
  verdict: z
    .enum(['taken', 'refused', 'late'])
    .optional()
    .meta({ description: 'Absent: it stands in the ledger, and nobody has judged it yet' }),
  why: z.string().optional().meta({ description: 'Why it was not taken' }),
  judgedAt: moment.optional()
}

export const answeredTask = z.object({
  task: z.string(),
  by: z.string(),
  at: moment,
  reason: z.string().optional().meta({ description: 'Why it was said; what Microsoft answered' }),
  ...judgement
})

export const registration = z.object({
  states: z.tuple([z.string(), z.string()]).meta({ description: 'Of slot 1 and slot 2' }),
  mailedAt: moment,
  acknowledgedAt: moment.optional(),
  dueAt: moment,
  breachedAt: moment.optional()
})

export const azureWait = z.object({
  what: z.string().meta({ description: 'What for, e.g. `vault NAME to be ready`' }),
  since: moment,
  said: z.string().meta({ description: 'Azure’s last words about it' }),
  nextLook: moment.meta({ description: 'When it is looked at again' })
})

export const vaultProgress = z.object({
  slot,
  vaultName: z.string(),
  state: z.enum(['planned', 'working', 'finding', 'done']),
  since: moment.nullable(),
  until: moment.nullable()
})

export const policyProgress = z.object({ id: z.string(), workload, vaults: z.array(vaultProgress) })

const keyWatch = z.object({
  vaultName: z.string(),
  keyName: z.string(),
  changedAt: moment.optional(),
  backedUpAt: moment
    .optional()
    .meta({ description: 'When the state it is in now was backed up; absent while it is not' }),
  gapSeconds: z
    .number()
    .meta({ description: 'From the last change to its backup; while there is none, to the newest sweep' }),
  copied: z.boolean().meta({ description: 'Whether an offline copy was attested since that backup' })
})

export const onboardingDocument = z.object({
  id: z.string(),
  organization,
  purpose,
  planDigest,
  startedAt: moment,
  startedBy: z.string(),
  lastChangedAt: moment,
  zone,
  sla: z
    .object({
      businessDays: z.number().meta({ description: 'How many Microsoft gives itself (R25)' }),
      extraHolidays: z.array(z.string()),
      removedHolidays: z.array(z.string())
    })
    .meta({ description: 'What of the deployment’s own the business days are counted by' }),
  status: z.enum(onboardingStates),
  step: z.string(),
  waitingOn,
  due: moment.nullable(),
  waits: z.array(azureWait).meta({ description: 'What of Azure is waited for, by the onboarding and by its vaults' }),
  registration: registration.nullable(),
  slots: z.array(z.object({ slot, subscriptionId: z.string(), region: z.string(), operators: z.array(z.string()) })),
  changes: z
    .array(z.object({ slot, leaves: z.string(), joins: z.string(), stage: z.enum(['proposed', 'to-confirm']) }))
    .meta({
      description:
        'Who is to take whose place: proposed so far, or standing and yet to be confirmed by whoever takes over'
    }),
  policies: z.array(policyProgress),
  steps: z.array(stepDone),
  tasks: z.array(task),
  answers: z.array(answeredTask).meta({ description: 'What people have answered, the newest last' }),
  halted: z
    .object({ by: z.string(), at: moment })
    .nullable()
    .meta({ description: 'Who has halted it; nothing more is done to Azure until both slots say go on' }),
  takeovers: z.array(z.object({ at: moment, because: z.string(), vaultName: z.string().optional() })).meta({
    description:
      'When a new instance went on in place of one that was gone, and why; of a vault’s set-up alone, its vault'
  }),
  findings: z.array(findingSince),
  backups: z
    .array(keyWatch)
    .meta({ description: 'Its keys as the newest sweep saw them, the widest gaps first; at most 24' }),
  handOff: z.object({ name: z.string(), sha256 }).nullable()
})

export const onboardingRow = onboardingDocument.pick({
  id: true,
  organization: true,
  purpose: true,
  status: true,
  waitingOn: true,
  due: true,
  zone: true
})
export const onboardingList = z.object({ items: z.array(onboardingRow), continuation: z.string().optional() })

export const planAnswer = z.object({
  digest: planDigest
    .optional()
    .meta({ description: 'Absent while the directory lacks somebody of the request: such a plan cannot be approved' }),
  plan: shownPlan,
  findings: z.array(finding),
  warnings: z
    .array(z.string())
    .meta({ description: 'What nothing stops at, and people should know before they start' }),
  zone,
  expected: z.array(z.object({ title: z.string(), at: moment })).meta({
    description: 'When what comes, if people answer on the same day; empty where the store does not tell the time'
  })
})

export const started = z.object({ id: z.string(), digest: planDigest })
export const taken = z.object({
  task: z.string(),
  by: z.string(),
  at: moment.meta({ description: 'By which it is found among the answers, with its verdict' })
})

export const evidenceBatch = z.object({
  store: identity,
  name: z.string().meta({ description: 'Record n of the batch, from 0, has the id {name}#{n}' }),
  sha256: sha256.meta({ description: 'Of the canonical JSON of the records: sorted keys, no white space' }),
  records: z.array(evidenceRecord),
  erased: erasedMark
    .optional()
    .meta({ description: 'A person was erased out of it: the digest that it had, by which others name it' })
})

export const evidencePage = z.object({ batches: z.array(evidenceBatch), continuation: z.string().optional() })

export const answerSheet = z.object({ items: z.array(answeredTask) })

export const adopted = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('adopted'), vaultName: z.string(), keys: z.array(z.string()) }),
  z.object({
    outcome: z.literal('proposed'),
    vaultName: z.string(),
    keys: z.array(z.string()),
    proposal: z.string().meta({ description: 'What a person of the other slot sends as `confirms`' }),
    becomes: z.array(z.string()).meta({ description: 'What holds from its adoption on, in plain words' }),
    loosens: z.array(z.string()).meta({ description: 'What is looser than what was handed off before' }),
    next: z.string()
  })
])

export const offlineCopyTaken = z.object({ slot, by: z.string(), at: moment })

export const diagnoses = z.object({
  checks: z.array(
    z.object({
      about: z.string(),
      state: z
        .enum(['ok', 'missing', 'note'])
        .meta({ description: 'note: as it was set up, and somebody should know' }),
      detail: z.string().meta({ description: 'What was seen; where it is missing, also how to give it' })
    })
  )
})

export const waiting = z.object({
  run: z.string().meta({ description: 'What to look at again, by the Location that comes with it' }),
  waitingOn: z.literal('azure')
})

export const health = z.object({ status: z.literal('started'), release: z.string().describe('Of the app, e.g. 0.1.0') })

export const backups = z.object({
  immutability,
  state: z.enum(['none', 'live', 'completed', 'failed', 'terminated']).meta({ description: 'Of the newest sweep' }),
  sweep: z
    .looseObject({
      at: moment,
      vaults: z.number(),
      keys: z.number(),
      behind: z.number().meta({ description: 'Keys whose present state no backup holds' }),
      lagSeconds: z.number(),
      deadLetters: z.number().meta({ description: 'Events that could not be delivered, still in the slots’ stores' }),
      uncopied: z.number().meta({ description: 'Keys whose newest backup no attested offline copy holds' }),
      widest: z.array(keyWatch),
      findings: z.array(finding),
      findingCount: z.number()
    })
    .nullable(),
  drill: z
    .object({
      startedAt: moment,
      drills: z.array(z.looseObject({ state: z.enum(['proved', 'failed', 'refused', 'preparing', 'none-due']) }))
    })
    .nullable()
    .meta({ description: 'The newest restore drill that has ended; null where there was none' })
})

export const problemDocument = z.looseObject({
  type: z.string().meta({ description: 'urn:customer-key:problem:{code}; stable' }),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  faults: z.array(z.object({ path: z.string().meta({ description: 'JSON pointer' }), message: z.string() })).optional(),
  claims: z.string().optional().meta({ description: 'Of `step-up`: the claims challenge, in base64' }),
  tenantId: z.string().optional().meta({ description: 'Of `step-up`: where to sign in' }),
  signIn: z.string().optional().meta({ description: 'Of `step-up`: where a reader of pages signs in again' })
})

export type OnboardingDocument = z.infer<typeof onboardingDocument>
export type OnboardingList = z.infer<typeof onboardingList>
export type PlanAnswer = z.infer<typeof planAnswer>
export type EvidenceBatch = z.infer<typeof evidenceBatch>
export type AnsweredLine = z.infer<typeof answeredTask>
export type AnswerSheet = z.infer<typeof answerSheet>
export type EvidencePage = z.infer<typeof evidencePage>
