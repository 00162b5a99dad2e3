import { request } from 'node:http'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../../src/contracts/http/operations.ts'
import { pages } from '../../../src/contracts/http/pages.ts'
import { alice, useApp } from '../../app/running-app.ts'
import { fabrikam } from '../../app/requests.ts'

const app = useApp()
const there = 'there-1'
beforeAll(() => app.start(fabrikam({ id: there })))

interface Route {
  readonly method: string
  readonly path: string
}
const routes: readonly Route[] = [...Object.values(operations), ...Object.values(pages)].filter(({ path }) =>
  /\{/.test(path)
)

/** Sent as it is: `fetch` would tidy the path up. */
async function sent({ method, path }: Route): Promise<{ status: number; type: string; text: string }> {
  const { hostname, port } = new URL(await app.stage.host.ready)
  return new Promise((resolve, reject) => {
    const headers = { 'x-local-user': alice, 'content-type': 'application/json' }
    const asking = request({ hostname, port, method, path: `/api/${path}`, headers }, (reply) => {
      let text = ''
      reply.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, type: reply.headers['content-type'] ?? '', text }))
    })
    asking.on('error', reject).end(method === 'POST' ? '{}' : undefined)
  })
}

/** A sound value for each parameter but one, which has this. */
const filled = (path: string, name: string, value: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, each: string) => (each === name ? value : (sound[each] ?? '')))
const sound: Readonly<Record<string, string>> = { id: there, task: 'cancel', run: 'run-1', file: 'style.css' }

const cases = routes.flatMap((route) =>
  [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...route,
    name,
    row: `${route.method} ${route.path}, ${name}`
  }))
)

/** In a path as anybody can write it; another instance's id is hidden in some. */
const hostile = [
  `x%2F..%2Fonboarding.${there}`,
  `x%2f..%2f..%2fonboarding.${there}`,
  `..%2Fonboardings%2F${there}`,
  `${there}%2F`,
  `%2F${there}`,
  `${there}%3Fx=1`,
  `${there}%23x`,
  `${there}%5C..`,
  `..%5C${there}`,
  `..%255c..%255c${there}`,
  `%252e%252e%252f${there}`,
  `${there}%20`,
  `${there}%0A`,
  `${there}%0D%0Ax-evil:1`,
  `${there}%E2%80%8B`,
  `${there}%EF%BC%8E`,
  `%E2%80%AE${there}`,
  `%F0%9F%94%91`,
  `${there};x`,
  `${there}*`,
  `%7Bid%7D`,
  `${there}'--`,
  `__proto__`,
  'constructor%00',
  'a'.repeat(301),
  '%20',
  '%3F',
  '%23',
  '...'
]

describe.each(cases)('$row', (route) => {
  test('answers what is no id with a problem, and looks nothing up by it', async () => {
    for (const value of hostile) {
      const reply = await sent({ method: route.method, path: filled(route.path, route.name, value) })
      const seen = { value, ...reply }
      if (value.includes('%00'))
        expect(seen).toMatchObject({ status: 400, text: '' }) // the host lets no NUL in
      else if (route.path.startsWith('ui/'))
        expect(seen).toMatchObject({ status: 404, type: expect.stringContaining('html') })
      else expect(seen).toMatchObject({ status: 404, type: expect.stringContaining('problem+json') })
    }
  })
})

test('whatever stands for an id in whatever route, nothing answers as if it were one, and nothing breaks', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2F',
      '%5C',
      '%00',
      '%3F',
      '%23',
      '?',
      '#',
      ';',
      '%25',
      '%',
      there,
      'onboarding.',
      '~',
      '@',
      ''
    ),
    fc.string({ unit: 'grapheme', maxLength: 5 }).map((text) => encodeURIComponent(text.toWellFormed()))
  )
  const value = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...cases), value, async (route, hostileValue) => {
      const path = filled(route.path, route.name, hostileValue)
      const { status, text } = await sent({ method: route.method, path })
      expect({ path, status, isServers: status >= 500 }).toMatchObject({ isServers: false })
      const url = new URL(`http://app/api/${path}`)
      const asked = url.pathname.split('/').includes(there)
      if (!asked && route.path.startsWith('onboardings/'))
        expect({ path, text }).not.toMatchObject({ text: expect.stringContaining('"step"') })
    }),
    { numRuns: 300 }
  )
})

const placeOf = (text: string): string => Buffer.from(JSON.stringify({ place: text })).toString('base64url')
const noPlace = ['%0A', '%00', '%0D%0Ax:1', '%F0%9F%94%91', 'a%20b', 'x'.repeat(5000)]
const noPlaceOfList = [...noPlace, '..%2F..', placeOf('a\nb'), placeOf('\u00ff'), placeOf('x'.repeat(9000))]

test.each([
  ['onboardings', noPlaceOfList],
  ['ui', noPlaceOfList],
  [`onboardings/${there}/evidence`, noPlace],
  [`onboardings/${there}/ledger`, noPlace],
  [`ui/onboardings/${there}/evidence`, noPlace]
])('%s takes no continuation that can be none, and does not break on it', async (path, values) => {
  for (const value of values) {
    const { status } = await sent({ method: 'GET', path: `${path}?continuation=${value}` })
    expect({ value, status }).toEqual({ value, status: 400 })
  }
})
