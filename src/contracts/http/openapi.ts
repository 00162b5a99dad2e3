import { z } from 'zod'
import { adoptionBody } from '../../domain/checks/adoption.ts'
import { buildPlan } from '../../domain/plan/build-plan.ts'
import type { Sha256 } from '../../domain/terms/digest.ts'
import { diagnosisBody } from '../diagnosis.ts'
import { expectedDates } from '../../domain/calendar/expected-dates.ts'
import { asRead } from '../../domain/terms/json-schema.ts'
import { exampleOnboarding, exampleRequest, type exampleAnswers } from './openapi-examples.ts'
import {
  described,
  operations,
  type Answer,
  type Content,
  type Operation,
  type Parameter,
  type ProblemOf
} from './openapi-operations.ts'
import { offlineCopyBody } from '../../domain/backups/offline-copy.ts'
import { onboardingRequest } from '../../domain/request/request.ts'
import { notices } from '../../domain/requirements/requirement-table.ts'
import { answerJsonSchema } from '../../domain/tasks/tasks.ts'

/** The API's description, OpenAPI 3.1, made of the schemas that the app itself reads and writes by. */
export function openApi(sha256: Sha256) {
  const plan = buildPlan(exampleRequest, sha256)
  const { startedAt, zone, sla } = exampleOnboarding
  const paths: Record<string, Record<string, object>> = {}
  const expected = expectedDates(startedAt, { zone, ...sla })
  for (const operation of operations({ digest: plan.digest, plan, notices, findings: [], zone, expected })) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationOf(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Customer Key onboarding',
      version: '1',
      description:
        'Takes a Microsoft 365 tenant through Customer Key set-up. Who acts is who the platform’s sign-in says. ' +
        'Refusals are problem documents (RFC 9457); their `type` is urn:customer-key:problem:{code}, and codes are stable.'
    },
    servers: [{ url: '/api' }],
    paths,
    components: { schemas: { ...responseSchemas(), ...requestSchemas() } }
  }
}

function operationOf({ id, summary, parameters = [], body, answers, problems, isPublic }: Operation): object {
  return {
    operationId: id,
    summary,
    parameters: parameters.map(parameterOf),
    ...(body ? { requestBody: { required: true, content: { 'application/json': contentOf(body) } } } : {}),
    responses: {
      ...Object.fromEntries(answers.map((each) => [String(each.status), answerOf(each)])),
      ...problemsOf(isPublic ? problems : [notSignedIn, crossSite, lacksRole, ...problems])
    }
  }
}

const notSignedIn: ProblemOf = [401, 'not-signed-in', 'nobody is signed in']
const lacksRole: ProblemOf = [403, 'lacks-role', 'who asks has not the role of this app that it takes']
const crossSite: ProblemOf = [403, 'cross-site', 'a page of another site sent it']

const parameterOf = ({ schema = { type: 'string' }, ...rest }: Parameter): object => ({
  ...rest,
  schema,
  ...(rest.in === 'path' ? { required: true } : {})
})

const contentOf = ({ schema, example }: Content): object => ({
  schema: Array.isArray(schema) ? { anyOf: schema.map(reference) } : reference(schema as string),
  example
})

const reference = (name: string): object => ({ $ref: `#/components/schemas/${name}` })

const answerOf = ({ description, content, headers = [], text = [] }: Answer): object => ({
  description,
  ...(headers.length > 0
    ? { headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }])) }
    : {}),
  ...(content || text.length > 0
    ? {
        content: {
          ...(content ? { 'application/json': contentOf(content) } : {}),
          ...Object.fromEntries(text.map((type) => [type, { schema: { type: 'string' } }]))
        }
      }
    : {})
})

/** One response for each status, with an example for each code that comes under it. */
function problemsOf(problems: readonly ProblemOf[]): Record<string, object> {
  const statuses = [...new Set(problems.map(([status]) => status))]
  return Object.fromEntries(
    statuses.map((status) => {
      const own = problems.filter((each) => each[0] === status)
      const examples = Object.fromEntries(
        own.map(([, code, when]) => [
          code,
          {
            value: {
              type: `urn:customer-key:problem:${code}`,
              title: sentence(when),
              status,
              detail: 'What happened, to what, and what to do.'
            }
          }
        ])
      )
      return [
        String(status),
        {
          description: own.map(([, , when]) => sentence(when)).join('; '),
          content: { 'application/problem+json': { schema: reference('Problem'), examples } }
        }
      ]
    })
  )
}

const sentence = (text: string): string => text.replace(/^./, (first) => first.toUpperCase())

function responseSchemas(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(described).map(([name, schema]) => [
      name,
      schema === undefined ? { type: 'object' } : bare(z.toJSONSchema(schema, { io: 'output' }))
    ])
  )
}

function requestSchemas(): Record<string, object> {
  const withDigest = onboardingRequest.extend({ planDigest: z.string().optional() })
  return {
    OnboardingRequest: bare(z.toJSONSchema(withDigest, asRead)),
    VaultAdoption: bare(z.toJSONSchema(adoptionBody, asRead)),
    DiagnosisRequest: bare(z.toJSONSchema(diagnosisBody, asRead)),
    OfflineCopy: bare(z.toJSONSchema(offlineCopyBody, asRead)),
    ...Object.fromEntries(Object.entries(taskOf).map(([name, task]) => [name, bare(answerJsonSchema(task) ?? {})]))
  }
}

/** A task of each family of answers. */
const taskOf: Readonly<Record<keyof typeof exampleAnswers, string>> = {
  OfferAnswer: 'offer-exchange',
  ApproveAnswer: 'approve-slot-1',
  AcknowledgeAnswer: 'acknowledge',
  SentAnswer: 'send-mail-exchange',
  AttestAnswer: 'attest-offline-1',
  OverrideAnswer: 'override-x',
  ReplaceOperatorAnswer: 'replace-operator-1',
  ReplaceOfficerAnswer: 'replace-officer',
  RetryAnswer: 'retry-x',
  CancelAnswer: 'cancel'
}

/** A component names no dialect of its own. */
function bare(schema: object): object {
  const { $schema: _, ...rest } = schema as { $schema?: string }
  return rest
}
