import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle, startingCode, type Bundle } from '../../local/bundle.ts'
import { expectShownInReadme } from '../docs/readme.ts'

const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
const dist = join(folder, 'dist')
let made: Bundle
const inputs = (): string[] => Object.keys(made.metafile.inputs)

beforeAll(async () => {
  made = await bundle({ main: 'src/main.ts', into: dist })
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('the bundle, not only the sources, goes through a whole rehearsal, which prints what the README shows', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['local/rehearse.ts', '--app', dist], {
    encoding: 'utf8'
  })
  expect(status, stderr).toBe(0)
  expectShownInReadme(stdout.split('\n'))
}, 120_000)

test('what is deployed needs no package but the one the Functions worker injects', () => {
  const asked = Object.values(made.metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external }) => external === true)
  const packages = asked.map(({ path }) => path).filter((path) => !path.startsWith('node:') && !isBuiltIn(path))
  expect(new Set(packages)).toEqual(new Set(['@azure/functions-core']))
  expect(JSON.parse(readFileSync(join(dist, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies')
})

test('azd builds nothing in Azure: it is told so, and nothing beside what it packs says otherwise', () => {
  const project = readFileSync('azure.yaml', 'utf8')
  expect(project).toMatch(/^ {4}project: dist\b/m)
  expect(project).toMatch(/^ {4}remoteBuild: false\b/m)
  // https://github.com/Azure/azure-dev/pull/6748, in 1.23.5: before it, every JavaScript app was built in Azure.
  expect(project).toContain("azd: '>= 1.23.5'")
  const ignored = readFileSync(join(dist, '.funcignore'), 'utf8').trim().split('\n')
  expect(ignored.filter((line) => line.includes('node_modules') || line.includes('*'))).toEqual([])
  expect(readdirSync(dist).filter((name) => ignored.includes(name))).toEqual([])
})

// A host leaves alone what a newer one began, and compares numbers with dots as numbers:
// https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-orchestration-versioning
test('what is deployed begins instances of its release, and so does what runs from the sources', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  for (const file of [join(dist, 'host.json'), 'host.json']) {
    const { extensions } = JSON.parse(readFileSync(file, 'utf8')) as {
      extensions: { durableTask: Record<string, unknown> }
    }
    expect(extensions.durableTask).toMatchObject({ defaultVersion: version, versionMatchStrategy: 'CurrentOrOlder' })
  }
})

test('no development code is deployed', () => {
  // Of the templates the rights alone, which a slot is held against (decision 88).
  expect(inputs().filter((file) => !/^(src|node_modules)\/|^infra\/roles\.json$/.test(file))).toEqual([])
  // What a deployed package needs itself is not marked so, although tests may use it as well.
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean; devDependencies?: Record<string, string> }>
  }
  const development = Object.keys(packages['']?.devDependencies ?? {}).filter(
    (name) => packages[`node_modules/${name}`]?.dev === true
  )
  expect(development.length).toBeGreaterThan(10)
  expect(development.filter((name) => inputs().some((file) => file.startsWith(`node_modules/${name}/`)))).toEqual([])
})

test('no SDK client is loaded at the start, and every one can be loaded', () => {
  const atStart = startingCode(made.metafile, 'src/app.ts').flatMap((output) => Object.keys(output.inputs))
  expect(atStart.filter((file) => /node_modules\/@(azure\/(?!functions)|typespec)/.test(file))).toEqual([])
  for (const client of [
    'arm-keyvault',
    'keyvault-keys',
    'storage-blob',
    'identity',
    'communication-email',
    'arm-features'
  ])
    expect(
      inputs().some((file) => file.includes(`node_modules/@azure/${client}/`)),
      client
    ).toBe(true)
})

test('the start loads less than 1.5 MB, all code is less than 5 MB, and every file has its source map', () => {
  const size = (files: readonly { bytes: number }[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0)
  const outputs = Object.entries(made.metafile.outputs)
  expect(size(startingCode(made.metafile, 'src/app.ts'))).toBeLessThan(1_500_000)
  expect(size(outputs.filter(([file]) => file.endsWith('.mjs')).map(([, output]) => output))).toBeLessThan(5_000_000)
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  expect(files.filter((file) => file.endsWith('.mjs') && !files.includes(`${file}.map`))).toEqual([])
})

function isBuiltIn(path: string): boolean {
  return process.getBuiltinModule(path) !== undefined
}
