import { createHash } from 'node:crypto'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Document, Spectral, type RulesetDefinition } from '@stoplight/spectral-core'
import { Json } from '@stoplight/spectral-parsers'
import { oas } from '@stoplight/spectral-rulesets'
import { describe, expect, test } from 'vitest'
import { openApi } from '../../../src/contracts/http/openapi.ts'

type Described = ReturnType<typeof openApi>

const described = (): Described => openApi((text) => createHash('sha256').update(text).digest('hex'))

/** Its own types do not know it as a set of rules that stands by itself. */
const rules = oas as unknown as RulesetDefinition

/** What the rules that Redocly recommends, and Spectral's for OpenAPI, say of a description, warnings included. */
const linters = {
  async redocly(document: object): Promise<string[]> {
    const config = await createConfig({ extends: ['recommended'] })
    const found = await lintFromString({ source: JSON.stringify(document), config })
    return found.map(({ ruleId, message, location }) => `${ruleId} ${message} ${location[0]?.pointer ?? ''}`)
  },
  async spectral(document: object): Promise<string[]> {
    const spectral = new Spectral()
    spectral.setRuleset({ extends: [rules] })
    const found = await spectral.run(new Document(JSON.stringify(document), Json, '/openapi.json'))
    return found.map(({ code, message, path }) => `${String(code)} ${message} ${path.join('/')}`)
  }
}

describe.each(['redocly', 'spectral'] as const)('%s', (linter) => {
  test('finds nothing, not even a warning', async () => {
    expect(await linters[linter](described())).toEqual([])
  })

  test('can find something: no security, and an operation without a name', async () => {
    const { security: _, ...insecure } = described()
    const health = { ...insecure.paths['/health']?.['get'], operationId: '' }
    const worse = { ...insecure, paths: { ...insecure.paths, '/health': { get: health } } }
    expect((await linters[linter](worse)).length).toBeGreaterThan(0)
  })
})

test('every operation says who may ask, and all but the one for anybody want a sign-in', () => {
  const { paths, security } = described()
  expect(security.map((each) => Object.keys(each))).toEqual([['entra'], ['thisMachine']])
  const open = Object.entries(paths).filter(([, methods]) =>
    Object.values(methods).some((operation) => 'security' in operation)
  )
  expect(open.map(([path]) => path)).toEqual(['/health'])
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods)))
    expect(operation).toMatchObject({
      description: expect.stringMatching(/^For (anybody|whoever has the role \w+)/) as string
    })
})
