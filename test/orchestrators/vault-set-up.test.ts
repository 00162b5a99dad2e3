import { expect, test } from 'vitest'
import { type Fakes, tryOrchestrator } from '../../local/host/testing.ts'
import { contributorAssignment, isContributorFinding } from '../../src/domain/checks/contributor.ts'
import { vaultIdOf } from '../../src/domain/terms/vault-id.ts'
import type { Activities } from '../../src/contracts/activities.ts'
import type { VaultTask } from '../../src/domain/plan/vault-task.ts'
import type { VaultSetUpInput, VaultSetUpOutcome, VaultSetUpResult } from '../../src/contracts/vault-set-up.ts'
import { vaultSetUp } from '../../src/orchestrators/vault-set-up.ts'
import { planOf, threeWorkloads } from '../domain/examples.ts'
import { taskOf } from '../domain/tasks.ts'
import { type Contracts, type Spoken, spoken } from './spoken.ts'

const HOUR_MS = 3_600_000
const monday = new Date('2026-03-09T16:00:00.000Z')
const plan = planOf({ ...threeWorkloads(), keys: 'imported' })
const vault = plan.policies[0]?.vaults[0] ?? expect.fail('no vault')
const evidence = {
  evidence: { store: 'slot-1', name: 'e', sha256: '0'.repeat(64), requirements: [] },
  findings: []
} as const
const expiring = {
  check: 'key-expiry',
  code: 'key-expiry-contoso-ck-ex-na-vaulta1',
  requirement: 'R42',
  resource: vault.vaultName,
  observed: 'expires soon',
  expected: 'no date',
  remedy: 'Set it.',
  overridable: false,
  mend: 'The app sets it.'
} as const

const said = (after: number, task: string, serial = 1): Spoken => ({ after, task, serial })

const nobodyMay = {
  check: 'vault-contributor',
  code: 'vault-contributor-contoso-ck-ex-na-vaulta1',
  requirement: 'R35',
  resource: vault.vaultName,
  observed: 'nobody',
  expected: 'somebody',
  remedy: 'Assign it.',
  overridable: true
} as const

interface World {
  readonly arrives: number
  readonly expires?: boolean
  /** When somebody may change the vault's permissions. */
  readonly mayFrom?: number
  readonly events: readonly Spoken[]
}

/** `arrives`: when the key is there, in milliseconds after the start. `expires`: it has a date, until mended. */
async function setUp({ arrives, expires = false, mayFrom = 0, events }: World) {
  const since = (now: string): number => Date.parse(now) - monday.getTime()
  const ledger = spoken(monday, events)
  const activities: Fakes<Contracts> = {
    ...ledger.activities,
    'make-vault': () => ({ done: { findings: [] } }),
    'grant-permissions': ({ now }) => ({ done: { ...evidence, findings: since(now) >= mayFrom ? [] : [nobodyMay] } }),
    'find-key': ({ now }) => ({ done: { there: since(now) >= arrives, findings: [] } }),
    'make-key': ({ mayMend }) => ({
      done: { ...evidence, findings: expires && !mayMend ? [expiring] : [], propagating: false }
    }),
    'back-up-key': () => ({ done: evidence })
  }
  const {
    organization: { tenantId },
    keySize,
    purpose,
    sku,
    keys,
    authorization
  } = plan
  const task: VaultTask = {
    onboarding: plan.id,
    plan: { name: `${plan.id}/plan.json`, digest: plan.digest },
    now: monday.toISOString(),
    policy: 'exchange/NA',
    workload: 'exchange',
    tenantId,
    vault,
    keySize,
    purpose,
    sku,
    keys,
    authorization,
    administrators: ['a'],
    servicePrincipal: 's',
    slotIdentity: 'i',
    immutability: 'required',
    recover: false
  }
  const input: VaultSetUpInput = { task, slots: plan.slots, generation: 1 }
  const trial = await tryOrchestrator<VaultSetUpOutcome, Contracts>({
    orchestrator: vaultSetUp,
    input,
    activities,
    events: ledger.events,
    from: monday
  })
  const closing = trial.calls.find(({ name }) => name === 'close')?.input as Activities['close']['input'] | undefined
  return { ...trial, output: { ...trial.output, ...(closing?.result as VaultSetUpResult | undefined) } }
}

const mayMend = (calls: Awaited<ReturnType<typeof setUp>>['calls']) =>
  calls.filter(({ name }) => name === 'make-key').map(({ input }) => (input as Activities['make-key']['input']).mayMend)

const importTask = 'import-contoso-ck-ex-na-vaulta1'
const importing = taskOf(importTask)

test('who says that a key is imported and has not done it is asked again, and a date on what then comes may be mended', async () => {
  const { output, calls } = await setUp({
    arrives: 2 * HOUR_MS,
    expires: true,
    events: [said(HOUR_MS, importTask), said(3 * HOUR_MS, importTask, 2)]
  })
  expect(output).toMatchObject({ outcome: 'completed', answers: [{ task: importing }, { task: importing }] })
  expect(calls.filter(({ name }) => name === 'find-key')).toHaveLength(3)
  expect(mayMend(calls)).toEqual([true])
})

test('a key that was there before is asked of nobody, and a date on it is mended on an operator’s word alone', async () => {
  const events = [said(HOUR_MS, `retry-${expiring.code}`), said(2 * HOUR_MS, `mend-${expiring.code}`, 2)]
  const { output, calls } = await setUp({ arrives: 0, expires: true, events })
  expect(output).toMatchObject({
    outcome: 'completed',
    answers: [{ task: { kind: 'retry', code: expiring.code } }, { task: { kind: 'mend', code: expiring.code } }]
  })
  expect(calls.filter(({ name }) => name === 'find-key')).toHaveLength(1)
  expect(mayMend(calls)).toEqual([false, false, true])
})

const contributorTask = 'assign-contributor-contoso-ck-ex-na-vaulta1'

test('a vault whose permissions nobody may change is a task with its command first, and a finding once that did not help', async () => {
  const events = [said(HOUR_MS, contributorTask), said(3 * HOUR_MS, `retry-${nobodyMay.code}`)]
  const { output, calls } = await setUp({ arrives: 0, mayFrom: 2 * HOUR_MS, events })
  expect(output).toMatchObject({
    outcome: 'completed',
    answers: [{ task: taskOf(contributorTask) }, { task: { kind: 'retry', code: nobodyMay.code } }]
  })
  expect(calls.filter(({ name }) => name === 'grant-permissions')).toHaveLength(3)
})

test('the task names the command, and no other finding is made one', () => {
  const asked = contributorAssignment(vaultIdOf(vault), 'access-policies')
  expect(asked).toContain(`--role "Contributor" --scope /subscriptions/${vault.subscriptionId}/resourcegroups/`)
  expect([nobodyMay, expiring].map(isContributorFinding)).toEqual([true, false])
})
