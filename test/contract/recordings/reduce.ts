/**
 * Reduces recordings to facts. On a checkout of a repository with recordings:
 *   npm run recordings -- DIRECTORY OWNER/NAME COMMIT [DIRECTORY OWNER/NAME COMMIT …]
 * Writes recorded.json beside this file: one pair for each operation, api-version, status and error code, with
 * the names of headers and the paths and types of properties; no body, no sentence, no id, no name that somebody gave.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { operationOfRecorded } from './operation-of.ts'
import { codeOf, outlineOf, wordsOf, type Outline } from './outline.ts'
import { readRecording, type Recorded } from './read-recording.ts'

interface Gathered {
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly version: string
  readonly status: number
  readonly code?: string
  readonly source: string
  readonly file: string
  headers: Set<string>
  body: Record<string, string>
  words: Record<string, readonly string[]>
}

const pairs = new Map<string, Gathered>()
const sources: Record<string, string> = {}

const given = process.argv.slice(2)
for (let index = 0; index + 2 < given.length; index += 3) {
  const [directory = '', repository = '', commit = ''] = given.slice(index)
  sources[repository] = commit
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((each) =>
    /\.(ya?ml|json)$/.test(each)
  )
  for (const file of files.toSorted()) gather(file, readFileSync(join(directory, file), 'utf8'), repository)
}
write()

function gather(file: string, text: string, source: string): void {
  for (const recorded of recordedIn(file, text)) {
    const found = operationOfRecorded(recorded)
    if (found === undefined) continue
    const { operation, path } = found
    const { method, status, url } = recorded
    const version = url.searchParams.get('api-version') ?? recorded.asked['x-ms-version'] ?? 'v1.0'
    const code = status >= 400 ? codeOf(recorded.body) : undefined
    const key = [operation, version, status, code].join(' ')
    const headers = new Set(Object.keys(recorded.headers).filter(isOfAzure))
    const before = pairs.get(key)
    if (before === undefined) {
      const said = { body: { ...outlineOf(recorded.body) }, words: { ...wordsOf(recorded.body) } }
      pairs.set(key, {
        operation,
        method,
        path,
        version,
        status,
        ...(code !== undefined && { code }),
        source,
        file,
        headers,
        ...said
      })
      continue
    }
    before.headers = new Set([...before.headers].filter((name) => headers.has(name)))
    before.body = merged(before.body, outlineOf(recorded.body))
    for (const [at, values] of Object.entries(wordsOf(recorded.body)))
      before.words[at] = [...new Set([...(before.words[at] ?? []), ...values])].toSorted()
  }
}

function recordedIn(file: string, text: string): Recorded[] {
  try {
    return readRecording(file, text)
  } catch (error) {
    process.stderr.write(`left out ${file}: ${String(error).slice(0, 120)}\n`)
    return []
  }
}

/** Types of both; a property that one of them lacks, though it has what is around it, gets a `?`. */
function merged(before: Outline, now: Outline): Record<string, string> {
  const all = new Set([...Object.keys(before), ...Object.keys(now)])
  return Object.fromEntries(
    [...all].map((at) => {
      const types = [before[at], now[at]].flatMap((each) => each?.replace('?', '').split(' ') ?? [])
      const parent = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : ''
      const around = (outline: Outline) => parent === '' || parent in outline
      const isOptional =
        before[at]?.endsWith('?') === true || [before, now].some((each) => around(each) && !(at in each))
      return [at, [...new Set(types)].toSorted().join(' ') + (isOptional ? '?' : '')]
    })
  )
}

/** Those of HTTP, of proxies and of recorders say nothing of the service. */
function isOfAzure(name: string): boolean {
  return (
    !name.startsWith('x-ms-meta-') &&
    /^(x-ms-|etag$|location$|azure-asyncoperation$|last-modified$|retry-after$|www-authenticate$|operation-location$)/.test(
      name
    )
  )
}

function write(): void {
  const rows = [...pairs.values()].toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
  const lines = rows.map((row) => JSON.stringify({ ...row, headers: [...row.headers].toSorted() }))
  const text = `{\n "sources": ${JSON.stringify(sources)},\n "pairs": [\n${lines.join(',\n')}\n ]\n}\n`
  writeFileSync(join(import.meta.dirname, 'recorded.json'), text)
  const operations = new Set(rows.map(({ operation }) => operation))
  process.stdout.write(`${String(rows.length)} pairs of ${String(operations.size)} operations\n`)
}

function idOf({ operation, version, status, code = '' }: Gathered): string {
  return `${operation} ${String(status)} ${code} ${version}`
}
