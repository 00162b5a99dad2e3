import type { SimulatedResponse } from '../../local/azure/core/service.ts'

/** An answer that says yes and is none, by a name for it. */
export type Misfits = readonly (readonly [what: string, says: (answer: SimulatedResponse) => SimulatedResponse])[]

const json =
  (body: unknown) =>
  ({ status }: SimulatedResponse): SimulatedResponse => ({ status: yes(status), json: body })

const text =
  (body: string, type: string) =>
  ({ status }: SimulatedResponse): SimulatedResponse => ({
    status: yes(status),
    body: Buffer.from(body),
    headers: { 'content-type': type }
  })

const yes = (status: number): number => (status >= 400 ? 200 : status)

/** What no answer with a body is. */
export const wholeMisfits: Misfits = [
  ['{}', json({})],
  ['null', json(null)],
  ['a list', json([])],
  ['a text', json('yes')],
  ['a number', json(42)],
  ['a list that is an object', json({ value: {} })],
  ['a list that is a text', json({ value: 'no list' })],
  ['a list of nothing', json({ value: [null] })],
  ['a list of lists', json({ value: [[]] })],
  ['nothing', ({ status }) => ({ status: yes(status) })],
  ['a page for people', text('<html><body>Please sign in</body></html>', 'text/html')],
  ['half of it', text('{"value": [', 'application/json')]
]

/** What says no in nobody's words: a proxy's, or none. */
export const wordlessRefusals: Misfits = [
  ['no, and nothing else', () => ({ status: 403 })],
  [
    'no, in a page for people',
    () => ({ status: 407, body: Buffer.from('<html>Sign in</html>'), headers: { 'content-type': 'text/html' } })
  ],
  ['no, in other words', () => ({ status: 403, json: { error: { code: 7, message: 9 } } })],
  ['elsewhere', () => ({ status: 307, headers: { location: 'https://elsewhere.example/there' } })]
]

/** Where the next page is said to be, in an answer that is a list. */
export const pageMisfits = (here: string): Misfits =>
  [
    ['a next page that is a number', 7],
    ['a next page that is no address', 'next'],
    ['a next page on another host', 'https://elsewhere.example/list'],
    ['a next page that never ends', here]
  ].map(([what, link]) => [
    String(what),
    (answer) => ({ ...answer, json: { ...Object(answer.json), nextLink: link, '@odata.nextLink': link } })
  ])

/** The same answer, once for each of its properties: without it, and with it as another kind of thing. */
export function partMisfits(answer: unknown): Misfits {
  return pathsOf(answer).flatMap((path) => [
    [
      `without /${path.join('/')}`,
      (given) => ({ ...given, json: changed(given.json, path, () => undefined) })
    ] as const,
    [
      `with another kind of /${path.join('/')}`,
      (given) => ({ ...given, json: changed(given.json, path, anotherKind) })
    ] as const
  ])
}

/** A list for an object and the reverse, a text for a number and a flag, a number for a text. */
function anotherKind(value: unknown): unknown {
  if (Array.isArray(value)) return {}
  if (typeof value === 'string') return 42
  return typeof value === 'object' && value !== null ? [] : 'text'
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return []
  // Of a list its first is enough.
  const entries: [string, unknown][] = Object.entries(value).slice(0, Array.isArray(value) ? 1 : undefined)
  return entries.flatMap(([name, part]) => [[name], ...pathsOf(part).map((rest) => [name, ...rest])])
}

function changed(value: unknown, [name, ...rest]: readonly string[], change: (value: unknown) => unknown): unknown {
  if (name === undefined) return change(value)
  if (Array.isArray(value))
    return value
      .map((part: unknown, index) => (String(index) === name ? changed(part, rest, change) : part))
      .filter((part) => part !== undefined)
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, part]: [string, unknown]) => [
          key,
          key === name ? changed(part, rest, change) : part
        ])
      )
    : value
}
