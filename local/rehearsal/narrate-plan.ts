import { planSummary } from '../../src/domain/plan/plan-workloads.ts'
import { testMark } from '../../src/domain/terms/choices.ts'
import { partyName } from '../../src/domain/people/parties.ts'
import { shortDigest } from '../../src/domain/plan/plan-digest.ts'
import type { Plan } from '../../src/domain/plan/plan.ts'
import { countOf } from '../../src/domain/terms/words.ts'
import { wrapped } from '../../src/domain/terms/wrapped.ts'

/** How it is told: `columns` wide; with requirements, what to know beside the plan, each with its number. */
export interface Telling {
  readonly columns: number
  readonly requirements: boolean
}

/** The plan as a table, what cannot be undone last: nobody scrolls past it. */
export function planLines(plan: Plan, { columns, requirements }: Telling): string[] {
  return [
    ...(plan.purpose === 'test' ? [`  ${testMark}`] : []),
    `  Plan for ${plan.organization.domain}`.padEnd(63) + `digest ${shortDigest(plan.digest)}`,
    `  ${sizeOf(plan)}`,
    '',
    ...table(plan).map((row) => `    ${row}`.trimEnd()),
    `    ${choicesOf(plan)}`,
    '',
    ...(requirements ? ['  Know before you approve:', ...noticeLines(plan, columns), ''] : []),
    '  ! Cannot be undone:',
    ...plan.irreversible.flatMap((choice) => wrapped('    · ', choice, columns)),
    ''
  ]
}

const noticeLines = ({ notices }: Plan, columns: number): string[] =>
  notices.flatMap(({ id, title }) => wrapped('    · ', `${title} (${id})`, columns))

function sizeOf(plan: Plan): string {
  const { policies, vaults, keys } = planSummary(plan)
  const ofPolicies = policies === 1 ? '1 policy' : `${String(policies)} policies`
  return [ofPolicies, '2 subscriptions', countOf(vaults, 'vault'), countOf(keys, 'key')].join(' · ')
}

/** As many policies as one takes in at a glance. */
const mostShown = 6

function table({ policies, slots }: Plan): string[] {
  const shown = policies.length > mostShown ? policies.slice(0, mostShown - 1) : policies
  const rows = [
    ['policy', ...slots.map(({ slot, region }) => `slot ${String(slot)} · ${region}`)],
    ...shown.map(({ id, vaults }) => [id, ...vaults.map(({ vaultName }) => vaultName)]),
    ['operators', ...slots.map(({ operators }) => operators.map(partyName).join(', '))]
  ]
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   '))
  const left = policies.length - shown.length
  return left === 0 ? lines : [...lines.slice(0, -1), `… and ${String(left)} more like these`, ...lines.slice(-1)]
}

const choicesOf = ({ sku, keySize, keys, authorization }: Plan): string =>
  [
    `${sku} vaults`,
    `${sku === 'premium' ? 'RSA-HSM' : 'software RSA'} ${String(keySize)}${keys === 'imported' ? ', imported' : ''}`,
    authorization === 'rbac' ? 'Azure RBAC' : 'access policies'
  ].join(', ')
