import { taskKinds } from '../../domain/tasks/task-kinds.ts'
import { notYet, type Answer, type Description } from './description.ts'
import * as examples from './openapi-examples.ts'
import { evidenceQuery, handOffQuery, listQuery, mailQuery, startQuery } from './queries.ts'

const conditional = [
  { name: 'If-None-Match', description: 'The entity tag of the content that the caller has' },
  {
    name: 'Prefer',
    description: 'wait=N: with If-None-Match, hold the answer for up to N seconds (at most 20) until it is another'
  }
] as const

const planned = {
  description: 'The plan, its digest, and what preflight finds today',
  schema: 'PlanAnswer',
  example: examples.examplePlan
} as const satisfies Answer

/** Plans, starts, reads and answers. */
export const ofOnboardings = {
  createPlan: {
    body: { schema: 'OnboardingRequest', example: examples.exampleRequest },
    answers: { 200: planned, 202: notYet }
  },
  getPlan: { answers: { 200: planned, 202: notYet } },
  startOnboarding: {
    query: startQuery,
    body: { schema: 'OnboardingRequest', example: { ...examples.exampleRequest, planDigest: examples.exampleDigest } },
    answers: {
      202: {
        description: 'It starts',
        schema: 'Started',
        example: { id: 'contoso-1', digest: examples.exampleDigest },
        headers: ['Location', 'Retry-After']
      },
      200: {
        description: 'This request runs already, or has ended',
        schema: 'Onboarding',
        example: examples.exampleOnboarding
      }
    }
  },
  listOnboardings: {
    query: listQuery,
    answers: { 200: { description: 'One page', schema: 'OnboardingList', example: examples.exampleList } }
  },
  getOnboarding: {
    headers: conditional,
    answers: {
      200: {
        description: 'The onboarding',
        schema: 'Onboarding',
        example: examples.exampleOnboarding,
        headers: ['ETag']
      },
      304: { description: 'The caller has it already', headers: ['ETag'] }
    }
  },
  getOnboardingPlan: {
    answers: { 200: { description: 'The plan', schema: 'RunningPlan', example: examples.exampleRunningPlan } }
  },
  answerTask: {
    body: { schema: 'task', example: taskKinds.offer.answer.example },
    answers: {
      202: {
        description: 'Written down: it gets a verdict, which stands among the answers',
        schema: 'Taken',
        example: { task: 'offer-multi-workload', by: 'alice@contoso.com', at: '2026-11-23T17:45:00.000Z' }
      }
    }
  },
  getHandOff: {
    query: handOffQuery,
    answers: {
      200: {
        description: 'The hand-off',
        schema: 'Document',
        example: { onboarding: 'contoso-1' },
        text: ['text/markdown', 'text/html']
      }
    }
  },
  getMail: {
    query: mailQuery,
    answers: { 200: { description: 'The mail', text: ['message/rfc822', 'text/plain'] } }
  },
  getEvidence: {
    query: evidenceQuery,
    answers: { 200: { description: 'One page', schema: 'EvidencePage', example: examples.exampleEvidence } }
  },
  getAnswers: {
    answers: { 200: { description: 'Oldest first', schema: 'AnswerSheet', example: examples.exampleAnswerSheet } }
  },
  getLedger: {
    query: evidenceQuery,
    answers: { 200: { description: 'One page', schema: 'LedgerPage', example: examples.exampleLedger } }
  }
} as const satisfies Readonly<Record<string, Description>>
