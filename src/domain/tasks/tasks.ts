import { z } from 'zod'
import { planDigest } from '../plan/plan-digest.ts'
import type { Offer } from '../terms/offer.ts'
import type { Slot } from '../terms/evidence.ts'
import { faultsOf, faultWords, quoted, type Fault } from '../terms/fault.ts'
import { sendTaskPattern } from './mail-tasks.ts'
import { person } from '../terms/fields.ts'
import { asRead } from '../terms/json-schema.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

/** Names of the tasks people answer; `{code}` of a finding names its two. */
export const taskNames = {
  offer: (workload: Workload): string => `offer-${workload}`,
  acknowledge: 'acknowledge',
  approve: (slot: Slot): string => `approve-slot-${slot}`,
  attestOffline: (slot: Slot): string => `attest-offline-${slot}`,
  removeSetupRole: (slot: Slot): string => `remove-setup-role-${slot}`,
  importKey: (vaultName: string): string => `import-${vaultName.toLowerCase()}`,
  assignContributor: (vaultName: string): string => `assign-contributor-${vaultName.toLowerCase()}`,
  replaceOperator: (slot: Slot): string => `replace-operator-${slot}`,
  replaceOfficer: 'replace-officer',
  retry: (code: string): string => `retry-${code}`,
  override: (code: string): string => `override-${code}`,
  mend: (code: string): string => `mend-${code}`,
  cancel: 'cancel'
} as const

/** Whether a task stands with a finding: its ways on. */
export const isOfFinding = (task: string): boolean => /^(retry|override|mend)-/.test(task)

/** A task that has its answer; `at` is the orchestrator's time, ISO 8601 UTC. */
export interface AnsweredTask {
  readonly task: string
  /** UPN asserted by the platform. */
  readonly by: string
  readonly at: string
}

const line = (longest: number) =>
  z
    .string()
    .trim()
    .regex(/^[^\p{Cc}]+$/u, { error: ({ input }) => `${quoted(input)} is not one line of text. Write one line.` })
    .max(longest, { error: `The text is longer than ${longest} characters. Shorten it.` })

const address = z
  .string()
  .trim()
  .max(254, { error: 'The address is longer than 254 characters. Correct it.' })
  .regex(/^[^\s@<>,;"()]+@([a-z0-9-]+\.)+[a-z0-9-]{2,}$/i, {
    error: ({ input }) => `${quoted(input)} is not an e-mail address. Correct it.`
  })

const reason = line(500).min(10, { error: 'The reason is too short to be understood. Write at least 10 characters.' })

const offerAnswer = z.strictObject({
  requestId: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, {
    error: ({ input }) => `${quoted(input)} is not a request id: letters, digits, dots and hyphens. Correct it.`
  }),
  officers: z
    .array(z.strictObject({ name: line(100), email: address }))
    .min(1, { error: 'No officer is named. Name those whom the offer authorises to approve the destruction of keys.' })
    .max(20, { error: 'More than 20 officers are named. Name those of the offer.' })
})

const acknowledgeAnswer = z.strictObject({
  at: z.iso
    .datetime({ offset: true, error: ({ input }) => `${quoted(input)} is not an ISO 8601 moment. Correct it.` })
    .optional(),
  reference: line(200).optional()
})

const sentAnswer = acknowledgeAnswer.pick({ at: true })

const approveAnswer = z.strictObject({
  planDigest
})

export const attestAnswer = z.strictObject({ location: line(200), statement: line(500).optional() })

const operatorReplacement = z.strictObject({ leaves: person, joins: person, reason })
const officerReplacement = z.strictObject({
  leaves: address,
  joins: z.strictObject({ name: line(100), email: address }),
  reason
})

export type OperatorReplacement = z.output<typeof operatorReplacement>
export type OfficerReplacement = z.output<typeof officerReplacement>

/** The schema of a task's answer; undefined for a name that no task has. */
export const answerSchema = (task: string): z.ZodType | undefined => schemas.find(({ name }) => name.test(task))?.schema

const schemas: readonly { readonly name: RegExp; readonly schema: z.ZodType }[] = [
  { name: new RegExp(`^offer-(${Object.keys(workloads).join('|')})$`), schema: offerAnswer },
  { name: /^acknowledge$/, schema: acknowledgeAnswer },
  { name: sendTaskPattern, schema: sentAnswer },
  { name: /^approve-slot-[12]$/, schema: approveAnswer },
  { name: /^attest-offline-[12]$/, schema: attestAnswer },
  { name: /^remove-setup-role-[12]$/, schema: z.strictObject({}) },
  { name: /^replace-operator-[12]$/, schema: operatorReplacement },
  { name: /^replace-officer$/, schema: officerReplacement },
  { name: /^(retry|mend|import|assign-contributor)-[a-z0-9-]+$/, schema: z.strictObject({}) },
  { name: /^override-[a-z0-9-]+$/, schema: z.strictObject({ reason }) },
  { name: /^cancel$/, schema: z.strictObject({ reason }) }
]

/** Everything wrong with an answer. A missing body counts as `{}`: `retry` has nothing to say. */
export function taskFaults(task: string, body: unknown): Fault[] {
  const parsed = answerSchema(task)?.safeParse(body ?? {}, { error: faultWords })
  if (parsed === undefined) return [{ path: '', message: `There is no task ${quoted(task)}. Use a name that is open.` }]
  return parsed.success ? [] : faultsOf(parsed.error)
}

/** JSON Schema (2020-12) of a task's answer, for the API's description and for forms. */
export function answerJsonSchema(task: string): object | undefined {
  const schema = answerSchema(task)
  return schema && z.toJSONSchema(schema, asRead)
}

/** The offer a person recorded. The answer passed its schema when it was taken: anything else throws. */
export const offerOf = (workload: Workload, answered: AnsweredTask & { readonly answer: unknown }): Offer => ({
  workload,
  ...offerAnswer.parse(answered.answer),
  submittedBy: answered.by,
  at: answered.at
})

export interface ReplacedPerson extends AnsweredTask {
  readonly leaves: string
  readonly joins: string
  readonly reason: string
}

/** Who took whose place by this answer; nothing where it is about something else. */
export function replacedBy({ task, by, at, answer }: AnsweredTask & { readonly answer: unknown }): ReplacedPerson[] {
  const operator = task.startsWith('replace-operator-') ? operatorReplacement.parse(answer) : undefined
  const officer = task === taskNames.replaceOfficer ? officerReplacement.parse(answer) : undefined
  if (operator) return [{ task, by, at, ...operator }]
  return officer ? [{ task, by, at, ...officer, joins: `${officer.joins.name} <${officer.joins.email}>` }] : []
}
