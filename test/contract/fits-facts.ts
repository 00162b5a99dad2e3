import type { Exchange } from '../../local/azure/core/answer.ts'
import { unheldOperations, unheldServices } from './unheld.ts'
import type { Facts, OperationFacts } from './facts.ts'
import { faultsOfHeaders } from './fits-headers.ts'
import { faultsOfValue } from './fits-shape.ts'
import { bodyOf } from './wire-text.ts'

/** Why an answer of the simulated Azure is not what Azure's own definitions say; empty when it is. */
export function faultsOf(facts: Facts, exchange: Exchange): string[] {
  const {
    service,
    operation,
    response: { status }
  } = exchange
  const name = `${service} ${operation}`
  if (unheldServices.has(service) || unheldOperations.has(name)) return []
  return faultsOfAnswer(facts, exchange).map((fault) => `${name} ${String(status)}: ${fault}`)
}

function faultsOfAnswer(facts: Facts, exchange: Exchange): string[] {
  const { service, operation, request, response } = exchange
  if (operation === 'unknown') return [`nobody answers ${request.method} ${request.path}`]
  const about = facts.operations[`${service} ${operation}`]
  const shape = about?.answers[String(response.status)]
  if (shape === undefined && response.status >= 400) return faultsOfRefusal(facts, exchange)
  if (!about) return ['the facts do not have this operation']
  if (shape === undefined) return ['Azure never answers with this status']
  return [
    ...faultsOfRequest(about, exchange),
    ...faultsOfVersion(facts.sources[about.source], exchange),
    ...(about.headers === undefined ? [] : faultsOfHeaders(facts, response.headers, about.headers)),
    ...faultsOfBody(facts, shape, exchange)
  ]
}

function faultsOfRefusal(facts: Facts, { service, request, response }: Exchange): string[] {
  const headers = facts.errorHeaders[service]
  const shape = `${facts.errors[service] ?? 'no such shape'}!`
  return [
    ...(headers === undefined ? [] : faultsOfHeaders(facts, response.headers, headers)),
    ...(request.method === 'HEAD' ? [] : faultsOfValue(facts, bodyOf(facts, response, shape), shape, 'body'))
  ]
}

function faultsOfRequest({ method, path, asks }: OperationFacts, { request }: Exchange): string[] {
  const [place = '', query = ''] = path.split(/\?(?=\w+=)/)
  const strays = [...new URLSearchParams(query)].filter(([name, value]) => request.query.get(name) !== value)
  return [
    ...(request.method === method ? [] : [`Azure wants ${method}, not ${request.method}`]),
    ...(pathPattern(place).test(request.path) ? [] : [`the path ${request.path} is not ${place}`]),
    ...strays.map(([name, value]) => `the query does not say ${name}=${value}`),
    ...Object.entries(asks)
      .filter(([name, word]) => request.headers[name] !== word)
      .map(([name, word]) => `${name} does not say ${word}`)
  ]
}

/** Who asks by a header is told by the same header which version answered. */
function faultsOfVersion(source: Facts['sources'][string] | undefined, { request, response }: Exchange): string[] {
  const { version, versionHeader: header } = source ?? {}
  const asked = version?.startsWith('v') ? request.path.split('/')[1] : request.query.get('api-version')
  const said = header === undefined ? [asked] : [request.headers[header], response.headers?.[header]]
  return said
    .filter((each) => each !== version)
    .map((each) => `the api-version is ${String(each)}; the facts are of ${String(version)}`)
}

function faultsOfBody(facts: Facts, shape: string, exchange: Exchange): string[] {
  if (shape === 'bytes') return []
  if (shape === 'nothing') return faultsOfNothing(exchange)
  return faultsOfValue(facts, bodyOf(facts, exchange.response, `${shape}!`), `${shape}!`, 'body')
}

function faultsOfNothing({ response: { json, body } }: Exchange): string[] {
  return json === undefined && (body === undefined || body.length === 0) ? [] : ['there is a body where Azure has none']
}

function pathPattern(path: string): RegExp {
  const source = path
    .split(/(\/?\{[*?]?[\w-]+\})/)
    .map((part) => {
      if (/^\/?\{\*/.test(part)) return '/?.+'
      if (/^\/?\{\?/.test(part)) return '(/[^/]+)?'
      if (/^\/?\{/.test(part)) return '/[^/]+'
      return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
  return new RegExp(`^${source}$`, 'i')
}
