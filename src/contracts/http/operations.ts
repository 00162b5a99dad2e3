import type { Role } from '../../domain/people/roles.ts'
import type { ProblemCode } from './problems.ts'

/**
 * One operation of the API, as far as the start of the app needs it. What it takes and answers: `descriptions`. Each that
 * changes something says whether it takes a stronger sign-in, where the deployment asks for one: always does what becomes
 * the rule, or ends an alarm, by people's words (decision 103).
 */
export type Operation = OperationFacts & Method

export type Method =
  | { readonly method: 'GET' }
  | { readonly method: 'POST'; readonly stepUp: 'always' | 'as-the-task-says' | 'never' }

export interface OperationFacts {
  /** Below `/api/`. What its `{parameters}` look like: `parameters`. */
  readonly path: string
  /** Who may ask: whoever has this role of the app; `anybody` need not be signed in. */
  readonly role: Role | 'anybody'
  /** What it does, for the README and the API's description. */
  readonly summary: string
  /** Where what is not done within seconds is looked at again, by its run. */
  readonly again?: string
  /** What it may refuse with, beside what stands before every operation (`always`). */
  readonly problems: readonly ProblemCode[]
}

const badBody = ['not-json', 'too-large'] as const

/**
 * Every operation of the HTTP API: the one list. Registration and its function names, the role check, the API's description,
 * the client of `ckey` and the README's table are made of it; an operation without a handler
 * (`src/triggers/http/api-handlers.ts`) or without a description (`src/contracts/http/descriptions.ts`) does not compile.
 */
export const operations = {
  createPlan: {
    method: 'POST',
    stepUp: 'never',
    path: 'plans',
    role: 'Reader',
    summary:
      'What an onboarding would create, what to know before approving it, and what preflight finds; changes nothing',
    again: 'getPlan',
    problems: [...badBody, 'faulty-request', 'beyond-limits', 'directory-silent', 'run-unfinished']
  },
  getPlan: {
    method: 'GET',
    path: 'plans/{run}',
    role: 'Reader',
    summary: 'The same plan, where Azure did not answer within seconds',
    problems: ['no-such-run', 'run-unfinished']
  },
  startOnboarding: {
    method: 'POST',
    stepUp: 'never',
    path: 'onboardings',
    role: 'Operator',
    summary: 'Starts an onboarding, once for each id of a request, from the plan that somebody has read',
    problems: [
      ...badBody,
      'faulty-request',
      'beyond-limits',
      'people-unknown',
      'directory-silent',
      'not-yours',
      'plan-not-approved',
      'id-taken',
      'tenant-busy'
    ]
  },
  listOnboardings: {
    method: 'GET',
    path: 'onboardings',
    role: 'Reader',
    summary: 'All onboardings, by their ids',
    problems: ['faulty-query']
  },
  getOnboarding: {
    method: 'GET',
    path: 'onboardings/{id}',
    role: 'Reader',
    summary: 'Where it stands, whose turn it is, until when',
    problems: ['no-such-onboarding']
  },
  getOnboardingPlan: {
    method: 'GET',
    path: 'onboardings/{id}/plan',
    role: 'Reader',
    summary: 'The plan that it runs by, with all that approvers have to know; an approver has to have read it',
    problems: ['no-such-onboarding']
  },
  answerTask: {
    method: 'POST',
    stepUp: 'as-the-task-says',
    path: 'onboardings/{id}/tasks/{task}',
    role: 'Reader', // what a task takes beyond that is the task's own
    summary: 'A person’s answer to a task, open or not any more',
    problems: [
      ...badBody,
      'no-such-onboarding',
      'no-such-task',
      'step-up',
      'not-yours',
      'not-awaited',
      'plan-not-shown',
      'faulty-answer',
      'directory-silent'
    ]
  },
  getHandOff: {
    method: 'GET',
    path: 'onboardings/{id}/hand-off',
    role: 'Reader',
    summary: 'The final document, as it was written',
    problems: ['no-such-onboarding', 'no-hand-off', 'faulty-query']
  },
  getMail: {
    method: 'GET',
    path: 'onboardings/{id}/mails/{task}',
    role: 'Reader',
    summary: 'A mail that a task asks a person to send, as it was written',
    problems: ['no-such-onboarding', 'no-such-task', 'no-such-mail', 'faulty-query']
  },
  getEvidence: {
    method: 'GET',
    path: 'onboardings/{id}/evidence',
    role: 'Reader',
    summary: 'The evidence as it lies in the stores, with its digests',
    problems: ['no-such-onboarding', 'faulty-query']
  },
  getAnswers: {
    method: 'GET',
    path: 'onboardings/{id}/answers',
    role: 'Reader',
    summary: 'Who answered what, when, and what became of it: everything that people ever said to it',
    problems: ['no-such-onboarding']
  },
  getLedger: {
    method: 'GET',
    path: 'onboardings/{id}/ledger',
    role: 'Reader',
    summary:
      'All that was said, decided and intended, as it lies in the store, entry by entry, for whoever verifies it',
    problems: ['no-such-onboarding', 'faulty-query']
  },
  adoptVault: {
    method: 'POST',
    stepUp: 'always',
    path: 'vaults',
    role: 'Operator',
    summary:
      'Hands a vault made by others, or one whose administrators changed, to the app: by its slot, confirmed by the other',
    again: 'getAdoption',
    problems: [...badBody, 'step-up', 'not-yours', 'vault-unfit', 'faulty-adoption', 'run-unfinished']
  },
  getAdoption: {
    method: 'GET',
    path: 'vaults/{run}',
    role: 'Reader',
    summary: 'What became of handing it over, where Azure did not answer within seconds',
    problems: ['no-such-run', 'not-yours', 'vault-unfit', 'run-unfinished']
  },
  getBackups: {
    method: 'GET',
    path: 'backups',
    role: 'Reader',
    summary: 'How each key stands with its backups, as the newest sweep saw it',
    problems: []
  },
  attestOfflineCopy: {
    method: 'POST',
    stepUp: 'always',
    path: 'backups/offline-copies',
    role: 'Operator',
    summary: 'Records where the new offline copy of a slot is kept, after a newer backup',
    again: 'getOfflineCopy',
    problems: [...badBody, 'step-up', 'not-yours', 'faulty-attestation', 'run-unfinished']
  },
  getOfflineCopy: {
    method: 'GET',
    path: 'backups/offline-copies/{run}',
    role: 'Reader',
    summary: 'What became of recording it, where the store did not answer within seconds',
    problems: ['no-such-run', 'not-yours', 'run-unfinished']
  },
  diagnose: {
    method: 'POST',
    stepUp: 'never',
    path: 'diagnoses',
    role: 'Operator',
    summary: 'What the deployment lacks for an onboarding, and how to give it; changes nothing in Azure',
    problems: [...badBody, 'faulty-diagnosis']
  },
  getHealth: {
    method: 'GET',
    path: 'health',
    role: 'anybody',
    summary: 'That the app has started; for anybody',
    problems: []
  },
  getDescription: {
    method: 'GET',
    path: 'openapi.json',
    role: 'Reader',
    summary: 'All of this as OpenAPI 3.1, with examples',
    problems: []
  }
} as const satisfies Readonly<Record<string, Operation>>

export type Operations = typeof operations
export type OperationId = keyof Operations

/** What stands before every operation that is not for anybody. */
export const always = [
  'not-signed-in',
  'no-object-id',
  'other-tenant',
  'cross-site',
  'lacks-role',
  'other-layout',
  'unreadable-record',
  'store-silent'
] as const satisfies readonly ProblemCode[]

/** The name of the function that answers: `getOnboarding` of the `api` is `api-get-onboarding`. */
export const functionName = (of: 'api' | 'page', id: string): string =>
  `${of}-${id.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`
