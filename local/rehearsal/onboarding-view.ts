import { z } from 'zod'

const text = z.string()
const step = z.object({ step: text, title: text, at: text, detail: text, requirements: z.array(text) })
const task = z.object({ name: text, since: text, for: text, asks: text, optional: z.boolean().optional() })
const finding = z.object({
  code: z.string(),
  requirement: z.string(),
  resource: z.string(),
  observed: z.string(),
  expected: z.string(),
  remedy: z.string(),
  overridable: z.boolean(),
  since: z.string()
})

/** What `GET /api/onboardings/{id}` answers, as far as a rehearsal reads it. */
export const onboardingView = z.object({
  planDigest: text,
  status: z.enum(['running', 'completed', 'cancelled', 'failed']),
  step: z.string(),
  waitingOn: z.string(),
  startedAt: z.string(),
  due: z.string().nullable(),
  registration: z
    .object({ states: z.tuple([z.string(), z.string()]), mailedAt: z.string(), dueAt: z.string() })
    .nullable(),
  steps: z.array(step),
  tasks: z.array(task),
  findings: z.array(finding),
  handOff: z.object({ name: z.string(), sha256: z.string() }).nullable()
})

export type OnboardingView = z.infer<typeof onboardingView>
export type StepView = z.infer<typeof step>
export type FindingView = z.infer<typeof finding>
