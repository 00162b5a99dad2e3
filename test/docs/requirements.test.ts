import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { requirementTable } from '../../src/domain/requirements/requirement-table.ts'
import { answerSchema } from '../../src/domain/tasks/tasks.ts'
import { workloadNames } from '../../src/domain/terms/workloads.ts'
import { makingRules, preflightRules, registrationRules, verificationRules } from '../journeys/broken-rules.ts'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs/requirements.md'), 'utf8')

interface Row {
  readonly id: string
  readonly servedBy: readonly string[]
  readonly where: readonly string[]
  readonly tests: readonly string[]
}

const rows: readonly Row[] = page
  .split('\n')
  .filter((line) => /^\| R\d+ \|/.test(line))
  .map((line) => {
    const [, id = '', , servedBy = '', where = '', tests = ''] = line.split('|').map((cell) => cell.trim())
    return { id, servedBy: quoted(servedBy), where: quoted(where), tests: quoted(tests) }
  })

/** Codes that a finding may have: those of checks, and those an activity makes itself. */
const codes = new Set(
  globSync(['src/domain/checks/*.ts', 'src/domain/mails/mail-delivery.ts', 'src/steps/**/*.ts'], { cwd: root })
    .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\bcode: ['`]([a-z-]+?)-?(?:['`]|\$)/g)])
    .map(([, code]) => code)
)

test('the page has R1 to R47, each once, in order, as the table of the app', () => {
  expect(rows.map(({ id }) => id)).toEqual(requirementTable.map(({ id }) => id))
})

describe.each(rows)('$id', ({ id, servedBy, where, tests }) => {
  test('names only checks and tasks that exist', () => {
    expect(servedBy.filter((name) => !codes.has(name) && !isTask(name))).toEqual([])
  })

  test('names where it is served and where it is tested, and all of it is there', () => {
    expect(where.length * tests.length, `${id} names no file or no test`).toBeGreaterThan(0)
    expect(where.filter((name) => !candidates(name).some(isFile))).toEqual([])
    expect(tests.filter((name) => !testCandidates(name).some(isFile))).toEqual([])
  })
})

/** What the app composes itself and Azure cannot break; what it says, the tests of the domain break. */
const composed = new Set(['R21', 'R23', 'R24', 'R46'])

test('every rule that evidence of its own proves is broken in the simulated Azure and cured', () => {
  const rules = [...preflightRules, ...registrationRules, ...makingRules, ...verificationRules]
  const broken = new Set(rules.map(({ requirement }) => requirement))
  const own = requirementTable.filter(({ servedBy, provedBy }) => servedBy === 'app' && provedBy === undefined)
  expect(own.map(({ id }) => id).filter((id) => !broken.has(id) && !composed.has(id))).toEqual([])
})

/** Checks that no journey breaks alone, each with the reason; the tests of the domain break them. */
const brokenElsewhere: Readonly<Record<string, string>> = {
  'region-offered': 'in test/triggers/http/findings.test.ts: a request names its regions once',
  'subscription-tenant':
    'in test/triggers/http/post-onboardings.test.ts: an identity sees no subscription of another tenant',
  'vault-roles': 'under Azure RBAC only, in test/journeys/choices.test.ts',
  ...because('Azure answers by the very name, place and tenant that were asked for', [
    'vault-subscription',
    'vault-group',
    'vault-named',
    'vault-region',
    'vault-tenant',
    'key-uri'
  ]),
  ...because('the simulated Azure cannot be put into this state', [
    'vault-soft-delete',
    'backup-locked',
    'backup-digest',
    'key-recovery-level',
    'key-recoverable-days'
  ]),
  ...because('the app composes it itself', [
    'offers-complete',
    'mail-alias',
    'mail-subject',
    'mail-text',
    'backup-not-immutable'
  ]),
  ...because('of the keeping of backups, in test/journeys/backup-faults.test.ts and backup-drill.test.ts', [
    'backup-versions',
    'key-versions-enabled',
    'key-not-expired',
    'key-not-expiring',
    'keys-there',
    'offline-copy',
    'vault-tagged'
  ])
}

function because(reason: string, all: readonly string[]): Record<string, string> {
  return Object.fromEntries(all.map((code) => [code, reason]))
}

test('every check is broken by a journey, or named with the reason why none does', () => {
  const broken = [...preflightRules, ...registrationRules, ...makingRules, ...verificationRules].flatMap(
    ({ code, also = '' }) => [code, also]
  )
  const checks = globSync('src/domain/checks/*.ts', { cwd: root, exclude: ['**/drill.ts', '**/adoption.ts'] }).flatMap(
    (file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/\bcode: '([a-z-]+)'/g)].flatMap(([, code]) => code ?? [])
  )
  const unbroken = checks.filter((code) => !broken.some((each) => each.startsWith(`${code}-`)))
  expect(unbroken.toSorted()).toEqual(Object.keys(brokenElsewhere).toSorted())
})

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? [])
}

/** `offer-{workload}` stands for one task of each. */
function isTask(name: string): boolean {
  const names = name.includes('{workload}')
    ? workloadNames.map((workload) => name.replace('{workload}', workload))
    : [name]
  return names.every((each) => answerSchema(each.replace(/\{\w+\}/, 'x')) !== undefined)
}

function candidates(name: string): string[] {
  const file = name.endsWith('.ts') ? name : `${name}.ts`
  return name.startsWith('src/') ? [file] : globSync(`src/**/${file}`, { cwd: root })
}

function testCandidates(name: string): string[] {
  return name.startsWith('test/') ? [name] : globSync(`test/**/${name}.test.ts`, { cwd: root })
}

function isFile(name: string): boolean {
  return existsSync(join(root, name))
}
