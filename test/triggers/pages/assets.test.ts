import { transform } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { useBundledApp } from '../../journeys/bundled-app.ts'
import { alice, useApp, useDeployed } from '../../app/running-app.ts'

describe.each([
  ['the sources', undefined],
  ['the bundle', useBundledApp()]
])('from %s', (_, folder) => {
  const app = folder === undefined ? useApp() : useDeployed(folder)
  const asset = (file: string) => app.ask(`/api/ui/assets/${file}`, { actor: alice })

  test('the browser gets a script without types, that has all its parts and starts by itself', async () => {
    const { status, type, text } = await asset('live.js')
    expect({ status, type }).toEqual({ status: 200, type: 'text/javascript; charset=utf-8' })
    const { code } = await transform(text, { loader: 'js', format: 'esm' }) // JavaScript alone is parsed
    expect(code).toMatch(/export \{[^}]*localise[^}]*\}|export function localise/)
    expect(code).toMatch(/document["'] in globalThis/)
  })

  test('the browser gets the style sheet', async () => {
    const { status, type, text } = await asset('style.css')
    expect({ status, type }).toEqual({ status: 200, type: 'text/css; charset=utf-8' })
    expect(text).toContain('prefers-color-scheme')
  })

  test('a file that there is none of is refused', async () => {
    expect(await asset('live.ts')).toMatchObject({ status: 404 })
  })
})
