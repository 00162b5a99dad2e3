import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { definition, named, type Definition } from '../src/azure/answers/policy.ts'
import { resolved, scopeOf } from '../src/azure/policy-scope.ts'
import { touches } from '../src/domain/governance/touches.ts'

/**
 * Makes src/azure/harmless-definitions.json out of a clone of https://github.com/Azure/azure-policy: the ids, and nothing else,
 * of Azure's own definitions that can bear on nothing an onboarding writes, and of those that only report unless an assignment
 * says otherwise. Usage: npm run policies -- CLONE
 */
const [clone = ''] = process.argv.slice(2)
const git = (...args: string[]): string =>
  execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })

const root = 'built-in-policies/policyDefinitions'
const files = git('ls-tree', '-r', '--name-only', '-z', 'HEAD', root)
  .split('\0')
  .filter((file) => file.endsWith('.json') && !file.startsWith(`${root}/Azure Government/`))

const effectParameters: Record<string, string> = {}
const kinds: Record<'harmless' | 'reporting', Record<string, string[]>> = { harmless: {}, reporting: {} }
for (const file of files) {
  const { name, properties } = named.parse(JSON.parse(git('show', `HEAD:${file}`).replace(/^\uFEFF/, '')))
  const found = definition.parse(properties)
  const { mode, policyRule, version = properties['Version'] } = found // three files write it with a capital
  const major = typeof version === 'string' ? version.split('.', 1)[0] : undefined
  const kind = !touches({ mode: mode ?? '', condition: policyRule.if })
    ? 'harmless'
    : reports(found)
      ? 'reporting'
      : undefined
  const id = name.replaceAll('-', '').toLowerCase()
  if (kind === undefined || major === undefined || !/^[0-9a-z]{32}$/.test(id)) continue // one of Azure's is no GUID
  ;(kinds[kind][major] ??= []).push(id)
  const by = effectParameterOf(found)
  if (kind === 'reporting' && by !== undefined && by !== 'effect') effectParameters[id] = by
}

/** The parameter that is all of its effect, where one is. */
function effectParameterOf({ policyRule: { then } }: Definition): string | undefined {
  return /^\[parameters\('(\w+)'\)\]$/i.exec(then.effect)?.[1]
}

/** Where nobody says another effect. */
function reports(found: Definition): boolean {
  const {
    policyRule: { then },
    parameters
  } = found
  if (/parameters\(/i.test(then.effect) && effectParameterOf(found) === undefined) return false
  const effect = resolved(then.effect, scopeOf({}, parameters))
  return typeof effect === 'string' && ['audit', 'auditifnotexists', 'disabled'].includes(effect.toLowerCase())
}

const lines = (byMajor: Record<string, string[]>): string =>
  Object.entries(byMajor)
    .map(([major, ids]) => `  "${major}": "${ids.toSorted().join('')}"`)
    .join(',\n')

writeFileSync(
  new URL('../src/azure/harmless-definitions.json', import.meta.url),
  `{\n "commit": "${git('rev-parse', 'HEAD').trim()}",\n "harmless": {\n${lines(kinds.harmless)}\n },\n` +
    ` "reporting": {\n${lines(kinds.reporting)}\n },\n` +
    ` "effectParameters": ${JSON.stringify(effectParameters)}\n}\n`
)
