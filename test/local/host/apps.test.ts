import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findApp } from '../../../local/host/app-files.ts'
import { startHostProcess } from './host-process.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'app-'))
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const hello = `import { app } from '@azure/functions'
app.http(NAME, { authLevel: 'anonymous', handler: () => ({ body: process.env.GREETING ?? 'none' }) })`

test('an app in any folder runs from the "main" of its package.json, with its host.json and its settings', async () => {
  write('package.json', { type: 'module', main: 'dist/*.js' })
  write('host.json', { extensions: { http: { routePrefix: 'v1' } } })
  write('local.settings.json', { Values: { GREETING: 'from the file' } })
  write('dist/one.js', hello.replace('NAME', "'one'"))
  write('dist/two.js', hello.replace('NAME', "'two'"))
  const host = await startHostProcess({ app: folder, state: join(folder, 'state.db') })
  try {
    expect(await (await fetch(`${host.url}/v1/one`)).text()).toBe('from the file')
    expect((await fetch(`${host.url}/v1/two`)).status).toBe(200)
  } finally {
    expect(await host.end('SIGTERM')).toBe(0)
  }
})

test('a state file is used now with --skip-time and now without, and local.settings.json may be absent', async () => {
  write('package.json', { type: 'module', main: 'app.js' })
  write('app.js', hello.replace('NAME', "'one'"))
  for (const args of [['--skip-time'], [], ['--skip-time']]) {
    const host = await startHostProcess({ app: folder, state: join(folder, 'state.db'), args })
    expect(await (await fetch(`${host.url}/api/one`)).text()).toBe('none')
    expect(await host.end('SIGTERM')).toBe(0)
  }
})

test('the host listens on 127.0.0.1 and on nothing else', async () => {
  write('package.json', { type: 'module', main: 'app.js' })
  write('app.js', hello.replace('NAME', "'one'"))
  const host = await startHostProcess({ app: folder, state: join(folder, 'state.db') })
  try {
    const { port } = new URL(host.url)
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    for (const { address } of others) await expect(fetch(`http://${address}:${port}/api/one`)).rejects.toThrow()
    await expect(fetch(`http://[::1]:${port}/api/one`)).rejects.toThrow()
  } finally {
    await host.end('SIGKILL')
  }
})

test('--show-history prints the history of an instance as a table', async () => {
  const state = join(folder, 'state.db')
  const host = await startHostProcess({
    app: 'test/local/host/apps/chain.ts',
    state,
    env: { CHAIN_JOURNAL: join(folder, 'journal') }
  })
  await fetch(`${host.url}/api/chain/one`, { method: 'POST' })
  const table = (id: string): string =>
    execFileSync(process.execPath, ['local/host/main.ts', '--state', state, '--show-history', id], {
      encoding: 'utf8',
      stdio: 'pipe'
    })
  await expect.poll(() => table('one'), { timeout: 20_000, interval: 500 }).toMatch(/^chain "one" Completed/)
  await host.end('SIGKILL')
  expect(table('one')).toMatch(/TaskCompleted +0 +step +1\n/)
  expect(() => table('two')).toThrow(/There is no instance "two".*There are: "one"/)
})

test('an app that is not there, or whose "main" matches nothing, is refused with what to do', () => {
  expect(() => findApp(join(folder, 'nowhere'))).toThrow('There is no app at')
  write('package.json', { type: 'module' })
  expect(() => findApp(folder)).toThrow('has no "main"')
  write('package.json', { main: 'dist/*.js' })
  expect(() => findApp(folder)).toThrow('matches no file')
})

function write(file: string, content: object | string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true })
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content))
}
