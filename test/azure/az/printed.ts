import { globSync, readFileSync } from 'node:fs'
import { remainsOf } from '../../../src/domain/hand-off/remains.ts'
import { advice } from '../../../src/domain/hand-off/hand-off-advice.ts'
import { handOff } from '../../../src/domain/hand-off/hand-off.ts'
import { microsoftOutcomeNames } from '../../../src/domain/tasks/microsoft-outcomes.ts'
import { askedOf } from '../../../src/domain/tasks/task-kinds.ts'
import { askedOfMicrosoft, planOf } from '../../domain/examples.ts'
import { finished } from '../../domain/finished.ts'
import { requestFor } from '../simulation.ts'
import { commandsIn } from './commands-in.ts'

const plan = planOf(requestFor({}))
const vaults = plan.policies.map((policy) => policy.vaults[0])
const about = askedOfMicrosoft(plan)
const template = (file: string): string =>
  readFileSync(file, 'utf8')
    .replaceAll(/\$\{subscription\(\)\.(subscriptionI|i)d\}/g, (_, part) =>
      part === 'i' ? '/subscriptions/SUB' : 'SUB'
    )
    .replaceAll(/\$\{account\.name\}/g, 'STORE')
    .replaceAll(/\$\{resourceGroup\(\)\.name\}/g, 'GROUP')
    .replaceAll(/\$\{name\}/g, 'backups')
    .replaceAll(/\$\{guid\([^}]*\)\}/g, 'GROUP_ID')
    .replaceAll(/\$\{byRoles[^\n]*/g, "'")

/** Runbooks are made of every check, its looks and the cure of each of its examples; the rest is what else is said. */
const texts: readonly string[] = [
  ...globSync(['README.md', 'docs/{*.md,runbooks/*.md}']).map((file) => readFileSync(file, 'utf8')),
  ...globSync('infra/{*,modules/*}.bicep').map((file) =>
    template(file)
      .split('\n')
      .filter((line) => line.startsWith('output'))
      .flatMap((line) => [...line.matchAll(/'(az .*)'/g)].map(([, command = '']) => command))
      .join('\n')
  ),
  ...microsoftOutcomeNames.map((outcome) => askedOf({ kind: 'microsoft-answered' }, { ...about, last: { outcome } })),
  ...Object.values(advice(plan)).flat(),
  ...stringsIn(handOff({ plan, facts: finished(plan), at: '2027-01-01T08:00:00.000Z' })),
  ...stringsIn(
    remainsOf({
      plan,
      states: { 1: 'Registered', 2: 'Pending' },
      groups: [{ subscriptionId: 'SUB', resourceGroup: 'GROUP' }],
      vaults: vaults.map((vault) => ({ ...vault, hasKey: true })),
      mailed: []
    })
  ),
  ...vaults.flatMap((vault) =>
    (['premium', 'standard'] as const).map((sku) =>
      askedOf({ kind: 'import-key', vault: vault.vaultName }, { task: { vault, keySize: 4096, sku }, again: false })
    )
  )
]

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

/** Every az command that is printed anywhere, once, with its words in capitals. */
export const printed: readonly string[] = [...new Set(texts.flatMap(commandsIn))]
