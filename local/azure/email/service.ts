import { randomUUID } from 'node:crypto'
import { onMailAccepted } from '../microsoft/approvals.ts'
import { AzureError } from '../core/service.ts'
import type { Service, SimulatedRequest, SimulatedResponse, Surroundings } from '../core/service.ts'
import { readMessage } from './message.ts'
import { readOperation, startOperation } from './operation.ts'
import { keep } from './outbox.ts'
import { reportAgenda, reportLater } from './report-later.ts'
import { countEmailRequest } from './throttle.ts'

export interface EmailOptions {
  /** Host name of the Communication Services resource, e.g. `ck-contoso.communication.azure.com`. */
  readonly host: string
  /** The one address that mail may come from. */
  readonly sender: string
  /** Object ids of the identities that may send. */
  readonly maySend: readonly string[]
}

/** Communication Services e-mail: accepts mails into an outbox and tells how a send goes. */
export function emailService(options: EmailOptions): Service {
  return {
    name: 'email',
    owns: (host) => host === options.host.toLowerCase() || (host.endsWith(suffix) && 'no-such-host'),
    audiences: ['https://communication.azure.com'],
    routes: [
      {
        method: 'POST',
        path: '/emails:send',
        operation: 'emails.send',
        apiVersions,
        handle: (request, _parameters, around) => send(request, options, around)
      },
      {
        method: 'GET',
        path: '/emails/operations/{id}',
        operation: 'emails.getSendResult',
        apiVersions,
        handle: (request, { id = '' }, around) => status(request, id, { options, around })
      }
    ],
    agenda: reportAgenda,
    errorBody: (code, message) => ({ error: { code, message } }),
    // https://github.com/Azure/Communication/issues/159, which shows the sentence; the codes are those of the framework that says it.
    refuseVersion: (version, _known, { host, target }) =>
      version === ''
        ? new AzureError(400, 'ApiVersionUnspecified', 'An API version is required, but was not specified.')
        : new AzureError(
            400,
            'UnsupportedApiVersion',
            `The HTTP resource that matches the request URI 'https://${host}${target.split('?', 1)[0] ?? ''}' does not support ` +
              `the API version '${version}'.`
          ),
    // In the words of https://github.com/Azure/azure-sdk-for-js/issues/31604: whatever is wrong with a sign-in, it says no more.
    refuseToken: () => ({
      status: 401,
      json: { error: { code: 'Denied', message: 'Denied by the resource provider.' } }
    })
  }
}

const suffix = '.communication.azure.com'

const apiVersions = ['2023-03-31', '2025-09-01']

/** Seconds until it is of use to ask how far a mail is; there as long as it is not over. */
const later = { 'retry-after': '30' }

/** The client's own operation id is taken, and does not keep a second mail from going out. */
function send(request: SimulatedRequest, options: EmailOptions, around: Surroundings): SimulatedResponse {
  checkCaller(request, options)
  const operationId = operationIdOf(request)
  const message = readMessage(request.body, options.sender)
  countEmailRequest('send', options.sender, around)
  const mail = keep({ ...message, operationId, acceptedAt: around.clock.nowIso() }, around.world)
  onMailAccepted(mail, around)
  reportLater(mail, options.host, around)
  const location = `https://${options.host}/emails/operations/${operationId}`
  return {
    status: 202,
    headers: {
      'operation-location': `${location}?api-version=${request.query.get('api-version') ?? ''}`,
      ...later
    },
    json: startOperation(operationId, mail.to, around)
  }
}

function status(
  request: SimulatedRequest,
  id: string,
  { options, around }: { options: EmailOptions; around: Surroundings }
): SimulatedResponse {
  checkCaller(request, options)
  countEmailRequest('status', options.sender, around)
  const found = readOperation(id, around)
  return { status: 200, ...(found.status === 'Running' && { headers: later }), json: found }
}

function checkCaller({ caller }: SimulatedRequest, { maySend }: EmailOptions): void {
  if (caller !== undefined && maySend.includes(caller.objectId)) return
  throw new AzureError(
    403,
    'Forbidden',
    `The client '${caller?.clientId ?? ''}' has no role that lets it send e-mail through this resource.`
  )
}

function operationIdOf({ headers }: SimulatedRequest): string {
  const asked = headers['operation-id']
  if (asked === undefined) return randomUUID()
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(asked)) return asked
  throw new AzureError(400, 'BadRequest', `The Operation-Id header must be a UUID; it is '${asked}'.`)
}
