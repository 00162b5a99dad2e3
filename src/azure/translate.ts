import { isRestError } from '@azure/core-rest-pipeline'
import type { PipelineResponse } from '@azure/core-rest-pipeline'
import { causeOf, passes } from '../domain/terms/causes.ts'
import type { Call } from '../domain/terms/evidence.ts'
import { placeOf } from './call-place.ts'
import { AzureCallError } from './errors.ts'
import type { AzureFailure } from './errors.ts'
import { LongWait } from './long-wait.ts'
import { missingRight } from './missing-right.ts'
import { Misfit } from './answers/misfit.ts'
import { momentOf, pathOf, requestIdOf } from './request-id.ts'
import { saidBy, type Said } from './said.ts'

/**
 * Turns what an SDK client threw into the one error the rest of the app knows. Anything else is a fault of ours
 * and comes back as it is: it must not look like a failure of Azure that passes.
 */
export function translate(error: unknown, service: string, asked: Asked): unknown {
  const response = responseOf(error)
  if (!response && silentCode(error) === undefined) return error
  const status = response?.status
  const { codes, sentence, obstacle } = saidBy(error)
  const code = codeOf(error, response)
  const kind = kindOf(error, status, { codes: [code, ...codes], sentence })
  return new AzureCallError(
    {
      kind,
      service,
      call: failedCall(error, response, asked),
      status,
      code,
      innerCode: codes.findLast((each) => each !== code),
      retryAfterSeconds: retryAfterOf(response),
      said: sentence,
      place: placeOf(response?.request.url),
      obstacle,
      ...(isFinal(kind) && { cause: causeOf([code, ...codes], sentence, service) }),
      ...(isRestError(error) && status === 403 && { missingRight: missingRight(error.message) }),
      ...(error instanceof Misfit && { misfit: error.message })
    },
    error
  )
}

function failedCall(
  error: unknown,
  response: PipelineResponse | undefined,
  { requestId: last = '', path: lastPath, at: lastAt, ...call }: Asked
): Call {
  const path = pathOf(response?.request.url) ?? lastPath
  const requestId = response ? requestIdOf(response) : error instanceof Misfit ? last : ''
  const at = (response && momentOf(response)) ?? lastAt
  return { ...call, requestId, ...(path && { path }), ...(at && { at }) }
}

/** `requestId`: of the last answer that was heard; what of it is read past the SDK's pipeline carries none itself. */
type Asked = Omit<Call, 'requestId'> & Partial<Pick<Call, 'requestId'>>

function responseOf(error: unknown): PipelineResponse | undefined {
  return isRestError(error) || error instanceof LongWait || error instanceof Misfit ? error.response : undefined
}

const isFinal = (kind: AzureFailure): boolean => !['throttled', 'unavailable', 'unreadable'].includes(kind)

function kindOf(
  error: unknown,
  status: number | undefined,
  { codes, sentence }: Pick<Said, 'codes' | 'sentence'>
): AzureFailure {
  if (error instanceof Misfit) return 'unreadable'
  if (status === undefined) return isTokenRefused(error) ? 'forbidden' : 'unavailable'
  if (passes(codes, sentence)) return 'unavailable'
  // An answer that broke off has no status. One below 400 came whole, and no client could make anything of it.
  if (status < 400) return 'unreadable'
  return kinds[status] ?? (status >= 500 ? 'unavailable' : 'invalid')
}

const kinds: Readonly<Record<number, AzureFailure>> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  409: 'conflict',
  412: 'conflict',
  429: 'throttled'
}

/** An identity that is not the app's stays refused; an identity endpoint that is out of breath does not. */
function isTokenRefused(error: unknown): boolean {
  const answer = error instanceof Error && error.name === 'CredentialUnavailableError' ? error.cause : undefined
  const status = answer instanceof Error && 'status' in answer ? Number(answer.status) : 0
  return status >= 400 && status < 500 && ![404, 408, 410, 429].includes(status)
}

/** Storage answers a HEAD without a body: its code is then in a header only. */
function codeOf(error: unknown, response: PipelineResponse | undefined): string {
  if (error instanceof Misfit) return unexpectedAnswer
  const header = response?.headers.get('x-ms-error-code')
  if (header) return header
  if (isRestError(error) && error.code && response) return `${error.code}` // of a body that nobody has held to anything
  return response ? `Status${response.status}` : (silentCode(error) ?? '')
}

const unexpectedAnswer = 'UnexpectedAnswer'

/** For failures without an answer. A minifier renames classes, never the `name` the SDKs set on their errors. */
function silentCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof Misfit) return unexpectedAnswer
  if (isRestError(error) || ('code' in error && brokenConnection.has(String(error.code)))) return 'NoAnswer'
  return silentCodes[error.name]
}

// Met while a body is read, past the SDK's own wrapping.
const brokenConnection = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE'])

const silentCodes: Readonly<Record<string, string>> = {
  AbortError: 'Timeout',
  TimeoutError: 'Timeout',
  CredentialUnavailableError: 'NoToken',
  AuthenticationError: 'NoToken',
  AuthenticationRequiredError: 'NoToken'
}

/** Only the form in seconds: the one Azure's services send. */
function retryAfterOf(response: PipelineResponse | undefined): number | undefined {
  const seconds = Number(response?.headers.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined
}
