import * as schemas from '../../domain/views/documents.ts'
import * as examples from './openapi-examples.ts'

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description: string
  readonly schema?: object
}

/** Names of schemas in the description, and the example shown with each. */
export interface Content {
  readonly schema: keyof typeof described | readonly (keyof typeof examples.exampleAnswers)[]
  readonly example: unknown
}

export interface Answer {
  readonly status: number
  readonly description: string
  /** Absent: nothing is sent. */
  readonly content?: Content
  readonly headers?: readonly string[]
  /** Beside JSON, e.g. `text/markdown`. */
  readonly text?: readonly string[]
}

/** `code` of a problem document, and when it comes. */
export type ProblemOf = readonly [status: number, code: string, when: string]

export interface Operation {
  readonly id: string
  readonly method: 'get' | 'post'
  readonly path: string
  readonly summary: string
  readonly parameters?: readonly Parameter[]
  readonly body?: Content
  readonly answers: readonly Answer[]
  readonly problems: readonly ProblemOf[]
  /** Nobody has to be signed in. */
  readonly isPublic?: true
}

/** Response schemas by the name they have in the description. */
export const described = {
  Onboarding: schemas.onboardingDocument,
  OnboardingList: schemas.onboardingList,
  PlanAnswer: schemas.planAnswer,
  Started: schemas.started,
  Taken: schemas.taken,
  EvidencePage: schemas.evidencePage,
  AnswerSheet: schemas.answerSheet,
  Backups: schemas.backups,
  Adopted: schemas.adopted,
  Diagnoses: schemas.diagnoses,
  Health: schemas.health,
  OfflineCopyTaken: schemas.offlineCopyTaken,
  OfflineCopy: undefined,
  DiagnosisRequest: undefined,
  Problem: schemas.problemDocument,
  OnboardingRequest: undefined,
  VaultAdoption: undefined,
  OpenApi: undefined
} as const

const id: Parameter = { name: 'id', in: 'path', description: 'The onboarding: the id of its request' }
const conditional: readonly Parameter[] = [
  { name: 'If-None-Match', in: 'header', description: 'The entity tag of the content that the caller has' },
  {
    name: 'Prefer',
    in: 'header',
    description: 'wait=N: with If-None-Match, hold the answer for up to N seconds (at most 20) until it is another'
  }
]
const query = (name: string, description: string, schema?: object): Parameter => ({
  name,
  in: 'query',
  description,
  ...(schema ? { schema } : {})
})
const noSuch: ProblemOf = [404, 'no-such-onboarding', 'there is no such onboarding']
const badBody: readonly ProblemOf[] = [
  [400, 'not-json', 'the body is not JSON'],
  [413, 'too-large', 'the body is too large']
]
const unchanged: Answer = { status: 304, description: 'The caller has it already', headers: ['ETag'] }

/** Every operation of the API. The page's routes are for people and not described. */
export const operations = (planExample: unknown): readonly Operation[] => [...main(planExample), ...more]

/** Plans, starts, reads and answers. */
const main = (planExample: unknown): readonly Operation[] => [
  {
    id: 'createPlan',
    method: 'post',
    path: '/plans',
    summary: 'What an onboarding would create; changes nothing',
    body: { schema: 'OnboardingRequest', example: examples.exampleRequest },
    answers: [
      {
        status: 200,
        description: 'The plan, its digest, and what preflight finds today',
        content: { schema: 'PlanAnswer', example: planExample }
      }
    ],
    problems: [
      ...badBody,
      [422, 'faulty-request', 'the request has faults'],
      [503, 'run-unfinished', 'Azure did not answer in time']
    ]
  },
  {
    id: 'startOnboarding',
    method: 'post',
    path: '/onboardings',
    summary: 'Starts an onboarding, once for each id of a request',
    parameters: [query('planDigest', 'Digest of the plan that was read; or a field of the body')],
    body: { schema: 'OnboardingRequest', example: { ...examples.exampleRequest, planDigest: examples.exampleDigest } },
    answers: [
      {
        status: 202,
        description: 'It starts',
        content: { schema: 'Started', example: { id: 'contoso-1', digest: examples.exampleDigest } },
        headers: ['Location', 'Retry-After']
      },
      {
        status: 200,
        description: 'This request runs already, or has ended',
        content: { schema: 'Onboarding', example: examples.exampleOnboarding }
      }
    ],
    problems: [
      ...badBody,
      [422, 'faulty-request', 'the request has faults'],
      [409, 'plan-not-approved', 'the digest is missing, or of another plan'],
      [409, 'id-taken', 'the id exists with other content'],
      [409, 'tenant-busy', 'another onboarding of the tenant runs']
    ]
  },
  {
    id: 'listOnboardings',
    method: 'get',
    path: '/onboardings',
    summary: 'All onboardings, oldest first',
    parameters: [
      query('status', 'Only these', { type: 'string', enum: ['running', 'completed', 'cancelled', 'failed'] }),
      query('limit', 'At most so many', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
      query('continuation', 'Of the page before')
    ],
    answers: [
      { status: 200, description: 'One page', content: { schema: 'OnboardingList', example: examples.exampleList } }
    ],
    problems: [[400, 'faulty-query', 'the query has faults']]
  },
  {
    id: 'getOnboarding',
    method: 'get',
    path: '/onboardings/{id}',
    summary: 'Where it stands, whose turn it is, until when',
    parameters: [id, ...conditional],
    answers: [
      {
        status: 200,
        description: 'The onboarding',
        content: { schema: 'Onboarding', example: examples.exampleOnboarding },
        headers: ['ETag']
      },
      unchanged
    ],
    problems: [noSuch]
  },
  {
    id: 'answerTask',
    method: 'post',
    path: '/onboardings/{id}/tasks/{task}',
    summary: 'A person’s answer to a task that is open',
    parameters: [id, { name: 'task', in: 'path', description: 'Name of the task, e.g. approve-slot-1' }],
    body: {
      schema: [
        'OfferAnswer',
        'ApproveAnswer',
        'AcknowledgeAnswer',
        'SentAnswer',
        'AttestAnswer',
        'OverrideAnswer',
        'CancelAnswer',
        'ReplaceOperatorAnswer',
        'ReplaceOfficerAnswer',
        'RetryAnswer'
      ],
      example: examples.exampleAnswers.OfferAnswer
    },
    answers: [
      {
        status: 202,
        description: 'Handed to the onboarding',
        content: { schema: 'Taken', example: { task: 'offer-multi-workload', by: 'alice@contoso.com' } }
      }
    ],
    problems: [
      ...badBody,
      noSuch,
      [403, 'not-yours', 'somebody else has to answer'],
      [409, 'not-awaited', 'nothing waits for it'],
      [422, 'faulty-answer', 'the answer has faults'],
      [503, 'directory-silent', 'who is in a group is not known just now']
    ]
  }
]

/** What is read beside them, and the backups. */
const more: readonly Operation[] = [
  {
    id: 'getHandOff',
    method: 'get',
    path: '/onboardings/{id}/hand-off',
    summary: 'The final document, as it was written',
    parameters: [id, query('format', 'json is the default', { type: 'string', enum: ['json', 'md', 'html'] })],
    answers: [
      {
        status: 200,
        description: 'The hand-off',
        content: { schema: 'OpenApi', example: { onboarding: 'contoso-1' } },
        text: ['text/markdown', 'text/html']
      }
    ],
    problems: [noSuch, [404, 'no-hand-off', 'it is not written yet'], [400, 'faulty-query', 'the format is not known']]
  },
  {
    id: 'getMail',
    method: 'get',
    path: '/onboardings/{id}/mails/{task}',
    summary: 'A mail that a task asks a person to send, as it was written',
    parameters: [
      id,
      { name: 'task', in: 'path', description: 'Name of the task, e.g. send-mail-exchange' },
      query('format', 'eml, the default, opens in a mail program; txt is to read', {
        type: 'string',
        enum: ['eml', 'txt']
      })
    ],
    answers: [{ status: 200, description: 'The mail', text: ['message/rfc822', 'text/plain'] }],
    problems: [noSuch, [404, 'no-such-mail', 'no task asks to send that mail']]
  },
  {
    id: 'getEvidence',
    method: 'get',
    path: '/onboardings/{id}/evidence',
    summary: 'The evidence as it lies in the stores, with its digests',
    parameters: [id, query('continuation', 'Of the page before')],
    answers: [
      { status: 200, description: 'One page', content: { schema: 'EvidencePage', example: examples.exampleEvidence } }
    ],
    problems: [noSuch]
  },
  {
    id: 'getAnswers',
    method: 'get',
    path: '/onboardings/{id}/answers',
    summary: 'Who answered what, when: everything that people ever said to it',
    parameters: [id],
    answers: [
      {
        status: 200,
        description: 'Oldest first',
        content: { schema: 'AnswerSheet', example: examples.exampleAnswerSheet }
      }
    ],
    problems: [noSuch]
  },
  {
    id: 'adoptVault',
    method: 'post',
    path: '/vaults',
    summary: 'Hands a vault made by others to the app, which keeps its keys backed up',
    body: { schema: 'VaultAdoption', example: examples.exampleAdoption },
    answers: [
      {
        status: 200,
        description: 'Adopted',
        content: {
          schema: 'Adopted',
          example: { outcome: 'adopted', vaultName: 'Contoso-Old-VaultA1', keys: ['Key001'] }
        }
      }
    ],
    problems: [
      ...badBody,
      [409, 'vault-unfit', 'a check does not hold'],
      [422, 'faulty-adoption', 'the request has faults'],
      [503, 'run-unfinished', 'Azure did not answer in time']
    ]
  },
  {
    id: 'getBackups',
    method: 'get',
    path: '/backups',
    summary: 'How each key stands with its backups, as the newest sweep saw it',
    answers: [
      { status: 200, description: 'The newest sweep', content: { schema: 'Backups', example: examples.exampleBackups } }
    ],
    problems: []
  },
  {
    id: 'attestOfflineCopy',
    method: 'post',
    path: '/backups/offline-copies',
    summary: 'Records where the new offline copy of a slot is kept',
    body: { schema: 'OfflineCopy', example: { slot: 1, location: 'Safe 12, Hamburg' } },
    answers: [
      {
        status: 200,
        description: 'Recorded',
        content: {
          schema: 'OfflineCopyTaken',
          example: { slot: 1, by: 'alice@contoso.com', at: '2026-12-04T10:00:00.000Z' }
        }
      }
    ],
    problems: [
      ...badBody,
      [409, 'both-copies', 'one person would keep both copies'],
      [422, 'faulty-attestation', 'the attestation has faults'],
      [503, 'run-unfinished', 'Azure did not answer in time']
    ]
  },
  {
    id: 'diagnose',
    method: 'post',
    path: '/diagnoses',
    summary: 'What the deployment lacks for an onboarding, and how to give it; changes nothing in Azure',
    body: {
      schema: 'DiagnosisRequest',
      example: { mail: true, subscriptions: [{ slot: 1, id: examples.exampleRequest.subscriptions[0]?.id }] }
    },
    answers: [
      {
        status: 200,
        description: 'One check after the other',
        content: { schema: 'Diagnoses', example: examples.exampleDiagnoses }
      }
    ],
    problems: [...badBody, [422, 'faulty-diagnosis', 'what to look at has faults']]
  },
  {
    id: 'getHealth',
    method: 'get',
    path: '/health',
    summary: 'That the app has started; for anybody',
    isPublic: true,
    answers: [{ status: 200, description: 'It has', content: { schema: 'Health', example: { status: 'started' } } }],
    problems: []
  },
  {
    id: 'getDescription',
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    answers: [
      { status: 200, description: 'OpenAPI 3.1', content: { schema: 'OpenApi', example: { openapi: '3.1.0' } } }
    ],
    problems: []
  }
]
