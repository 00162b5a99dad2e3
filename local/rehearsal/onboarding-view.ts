import { z } from 'zod'
import { findingSince, onboardingDocument } from '../../src/domain/views/documents.ts'

/** What `GET /api/onboardings/{id}` answers, as far as a rehearsal reads it. */
export const onboardingView = onboardingDocument
  .pick({
    planDigest: true,
    status: true,
    step: true,
    waitingOn: true,
    startedAt: true,
    due: true,
    waits: true,
    registration: true,
    changes: true,
    steps: true,
    tasks: true,
    answers: true,
    halted: true,
    takeovers: true,
    handOff: true
  })
  .extend({ findings: z.array(findingSince.omit({ check: true, mend: true })) })

export type OnboardingView = z.infer<typeof onboardingView>
export type StepView = OnboardingView['steps'][number]
export type FindingView = OnboardingView['findings'][number]
