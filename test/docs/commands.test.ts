import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readOptions } from '../../local/rehearsal/options.ts'
import { shellFor } from '../cli/shell.ts'
import { blocks, told, type Told } from './commands.ts'
import { faultOfCall } from './strict-commands.ts'

const read = (file: string): string => readFileSync(file, 'utf8')
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts
const shell = shellFor({ env: {} })

/** Commands that neither a program of ours reads nor a strict fake: by what else they are run, or why by nothing. */
const elsewhere: Readonly<Record<string, { readonly by?: string; readonly why: string }>> = {
  'azurite ': { by: 'local/azure/storage/azurite.ts', why: 'every rehearsal starts the same program' },
  'bash .ci/chromium': { by: '.ci/run', why: 'CI runs it' },
  'bash .ci/run': { by: '.ci/run', why: 'it is CI' },
  'cd dist': { why: 'part of packing, on a machine of GitHub’s alone' },
  'cp infra/slot.example.bicepparam infra/slot1.bicepparam': {
    by: 'test/infra/bicepparam.test.ts',
    why: 'the copy is compiled where it then lies'
  },
  'cp local.settings.sample.json ': { why: 'for Core Tools, which cannot be had here' },
  'curl ': { by: 'test/app', why: 'its routes and bodies are asked there; curl itself only carries them' },
  'func start': { why: 'Core Tools cannot be had here, and the page says so' },
  'node -p ': { why: 'reads a version, on a machine of GitHub’s alone' },
  'npm install --global ./ckey-VERSION.tgz': {
    by: 'test/local/client-package.test.ts',
    why: 'the same file is installed into a folder of its own'
  },
  'npm sbom ': { why: 'npm’s own list of what it installed, on a machine of GitHub’s alone' },
  'test ': { why: 'compares two words, on a machine of GitHub’s alone' },
  'wc -c': { why: 'counts what the az before it printed' },
  'zip ': { why: 'part of packing, on a machine of GitHub’s alone' }
}

const judged = new Set<string>()
async function faultOf({ where, words, isNamed }: Told): Promise<string> {
  const [program = ''] = words
  const command = words.join(' ')
  const key = Object.keys(elsewhere).find((each) => command.startsWith(each))
  if (key !== undefined) {
    judged.add(key)
    return ''
  }
  if (program === 'az') return isPrintedFrom(where) ? '' : 'stands where test/azure/az/printed.ts does not look'
  if (program === 'azd' || program === 'gh') return faultOfCall(words, isNamed)
  if (program === 'npm') return faultOfNpm(words.slice(1))
  if (program === 'ckey') return faultOfCkey(words.slice(1))
  const script = words.find((each) => /^infra\/\S+\.(?:sh|ps1)$/.test(each))
  return script === undefined ? 'is nothing that a test runs' : faultOfScript(script)
}

const isPrintedFrom = (where: string): boolean => /^(?:README|docs\/[\w-]+|docs\/runbooks\/[\w-]+)\.md$/.test(where)

function faultOfNpm(words: readonly string[]): string {
  const [first = '', ...rest] = words.filter((each) => each !== '-s')
  if (first === 'ci') return ''
  const name = first === 'run' ? (rest[0] ?? '') : first
  const { [name]: script } = scripts
  if (script === undefined) return `package.json has no script ${name}`
  const given = words.includes('--') ? words.slice(words.indexOf('--') + 1) : []
  if (name === 'rehearse') {
    readOptions(given) // throws what it says to whoever calls it so
    return ''
  }
  const [source = ''] = /\S+\.ts$/.exec(script) ?? []
  const unknown = given.filter(
    (each) => each.startsWith('--') && !new RegExp(`\\b${each.slice(2)}: \\{ type:`).test(read(source))
  )
  return unknown.length > 0 ? `${source} knows no ${unknown.join(', ')}` : ''
}

/** Commands of `ckey` that have commands of their own. */
const groups = ['profile']

async function faultOfCkey(words: readonly string[]): Promise<string> {
  const [first = '', second = ''] = words
  if (first === '--help') return ''
  const name = groups.includes(first) ? `${first} ${second}` : first
  const { code, out } = await shell.ckey(...name.split(' '), '--help')
  const unknown = words.filter((each) => each.startsWith('--') && !out.includes(each))
  return code !== 0 || !out.includes(`ckey ${name}`) ? `ckey has no ${name}` : unknown.map(String).join(', ')
}

const faultOfScript = (script: string): string =>
  existsSync(script) && read(`test/infra/${/(\w[\w-]*)\.\w+$/.exec(script)?.[1] ?? ''}.test.ts`) !== ''
    ? ''
    : 'no test runs it'

test('every command of a page, a hook or CI is one that a test runs or reads, or stands in the table with its reason', async () => {
  const wrong: string[] = []
  for (const each of told) {
    const fault = await faultOf(each).catch(String)
    if (fault !== '') wrong.push(`${each.where}: ${each.words.join(' ')}: ${fault}`)
  }
  expect(told.length).toBeGreaterThan(500)
  expect([...new Set(wrong)]).toEqual([])
  expect(Object.keys(elsewhere).filter((each) => !judged.has(each))).toEqual([])
})

test('a command that nobody lists, and one with a word that is none, fail', async () => {
  const made = [
    'terraform apply',
    'azd env put X 1',
    'azd env set X',
    'azd up --fast',
    'npm run deploy',
    'ckey undo ID'
  ]
  for (const command of [
    ...made,
    'npm run rehearse -- --scenario fire',
    'ckey list --colour',
    'infra/none.sh',
    'gh pr x'
  ])
    expect(
      await faultOf({ where: 'docs/x.md', words: command.split(' '), isNamed: false }).catch(String),
      command
    ).not.toBe('')
})

test('what another file runs is there', () => {
  for (const { by } of Object.values(elsewhere)) if (by !== undefined) expect(existsSync(by), by).toBe(true)
})

test('each block with azd or gh goes through a shell, which hands them what they take', () => {
  const bin = mkdtempSync(join(tmpdir(), 'fakes-'))
  onTestFinished(() => {
    rmSync(bin, { recursive: true })
  })
  const log = join(bin, 'log')
  for (const program of ['azd', 'az', 'gh'])
    writeFileSync(
      join(bin, program),
      `#!/bin/sh\n{ printf '${program}'; printf '\\t%s' "$@"; echo; } >>'${log}'\necho value\n`,
      { mode: 0o755 }
    )
  const played = blocks.filter(({ text }) => /^ *(?:azd|gh) |\$\(azd /m.test(text))
  expect(played.length).toBeGreaterThan(3)
  for (const { where, text } of played) {
    const env = { PATH: `${bin}:/usr/bin:/bin`, GITHUB_REF_NAME: 'v1.0.0' }
    const { status, stderr } = spawnSync('sh', ['-eu', '-c', text], { env, encoding: 'utf8' })
    expect([where, status, stderr]).toEqual([where, 0, ''])
  }
  const calls = read(log).trimEnd().split('\n')
  const strict = calls.map((line) => line.split('\t')).filter(([program]) => program !== 'az')
  expect(strict.length).toBeGreaterThan(10)
  expect(strict.map((words) => faultOfCall(words)).filter((fault) => fault !== '')).toEqual([])
})
