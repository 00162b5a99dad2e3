import type { Exchange } from '../../../local/azure/core/answer.ts'
import { codeOf, outlineOf, wordsOf } from './outline.ts'
import type { Pair } from './recorded.ts'

/** How the simulated Azure's answers differ from what was recorded, one line for each, without the version it was seen in. */
export function differencesOf(pairs: readonly Pair[], exchanges: readonly Exchange[]): string[] {
  const lines = pairs.flatMap((pair) => {
    const answers = exchanges.filter((exchange) => isAnswerTo(pair, exchange)).map(said)
    return answers.length === 0 ? [`${nameOf(pair)}: is never answered so`] : missingFrom(pair, answers)
  })
  return [...new Set([...lines, ...strangeIn(pairs, exchanges)])].toSorted()
}

interface Said {
  readonly headers: readonly string[]
  readonly body: Readonly<Record<string, string>>
  readonly words: Readonly<Record<string, readonly string[]>>
}

const nameOf = ({ operation, status, code }: Pair): string =>
  [operation, String(status), ...(code === undefined ? [] : [code])].join(' ')

function isAnswerTo({ operation, status, code }: Pair, { service, operation: asked, response }: Exchange): boolean {
  // Whatever is asked of a vault without a token, the journal calls it `challenge`.
  const isIt = `${service} ${asked}` === operation || (asked === 'challenge' && operation.startsWith(`${service} `))
  if (!isIt || response.status !== status) return false
  return code === undefined || codeOf(textOf(response)) === code
}

function said({ request, response }: Exchange): Said {
  const text = request.method === 'HEAD' ? '' : textOf(response)
  const headers = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase())
  return { headers, body: outlineOf(text), words: wordsOf(text) }
}

const textOf = ({ json, body }: Exchange['response']): string =>
  json === undefined ? (body ?? Buffer.alloc(0)).toString('utf8') : JSON.stringify(json)

function missingFrom(pair: Pair, answers: readonly Said[]): string[] {
  const types = (at: string) => new Set(answers.flatMap(({ body }) => body[at]?.split(' ') ?? []))
  const missing = Object.entries(pair.body).flatMap(([at, recordedTypes]) => {
    const ours = types(at)
    const wanted = recordedTypes.replace('?', '').split(' ')
    if (ours.size === 0) return [`${at} is missing`]
    return wanted.filter((type) => !ours.has(type)).map((type) => `${at} is never ${type}`)
  })
  const headers = pair.headers
    .filter((name) => !answers.some((answer) => answer.headers.includes(name)))
    .map((name) => `header ${name} is missing`)
  const words = Object.entries(pair.words).flatMap(([at, values]) =>
    values.flatMap((value) =>
      answers
        .flatMap((answer) => answer.words[at] ?? [])
        .filter((ours) => ours !== value && ours.toLowerCase() === value.toLowerCase())
        .map((ours) => `${at} says ${ours}, not ${value}`)
    )
  )
  return [...missing, ...headers, ...words].map((fault) => `${nameOf(pair)}: ${fault}`)
}

/** What our answers have and no recorded one of the same operation and status had, whatever its version. */
function strangeIn(recorded: readonly Pair[], exchanges: readonly Exchange[]): string[] {
  return exchanges.flatMap((exchange) => {
    const pairs = recorded.filter((pair) => isAnswerTo(pair, exchange))
    const [first] = pairs
    if (first === undefined) return []
    const known = new Set(pairs.flatMap(({ body }) => Object.keys(body)))
    return Object.keys(said(exchange).body)
      .filter((at) => !known.has(at))
      .map((at) => `${nameOf(first)}: ${at} was never recorded`)
  })
}
