import type { Exchange } from '../../local/azure/core/answer.ts'
import { unheldOperations, unheldServices } from './unheld.ts'
import type { Facts, OperationFacts } from './facts.ts'
import { faultsOfValue } from './fits-shape.ts'

/** Why an answer of the simulated Azure is not what Azure's own definitions say; empty when it is. */
export function faultsOf(facts: Facts, exchange: Exchange): string[] {
  const { service, operation, response: { status } } = exchange
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
    ...faultsOfRequest(about, facts.sources[about.source]?.version, exchange),
    ...about.headers.filter((header) => !response.headers?.[header]).map((header) => `the header ${header} is missing`),
    ...(shape === 'nothing' ? faultsOfNothing(exchange) : faultsOfValue(facts, response.json, `${shape}!`, 'body'))
  ]
}

function faultsOfRefusal(facts: Facts, { service, request, response: { json } }: Exchange): string[] {
  if (request.method === 'HEAD') return []
  return faultsOfValue(facts, json, `${facts.errors[service] ?? 'no such shape'}!`, 'body')
}

function faultsOfRequest(about: OperationFacts, version: string | undefined, { request }: Exchange): string[] {
  const asked = request.query.get('api-version')
  return [
    ...(request.method === about.method ? [] : [`Azure wants ${about.method}, not ${request.method}`]),
    ...(pathPattern(about.path).test(request.path) ? [] : [`the path ${request.path} is not ${about.path}`]),
    ...(asked === version ? [] : [`the api-version is ${String(asked)}; the facts are of ${String(version)}`])
  ]
}

function faultsOfNothing({ response: { json, body } }: Exchange): string[] {
  return json === undefined && (body === undefined || body.length === 0) ? [] : ['there is a body where Azure has none']
}

function pathPattern(path: string): RegExp {
  const source = path.split(/(\/?\{[*?]?[\w-]+\})/).map((part) => {
    if (/^\/?\{\*/.test(part)) return '/?.+'
    if (/^\/?\{\?/.test(part)) return '(/[^/]+)?'
    if (/^\/?\{/.test(part)) return '/[^/]+'
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  }).join('')
  return new RegExp(`^${source}$`, 'i')
}
