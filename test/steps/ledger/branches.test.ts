import { expect, test } from 'vitest'
import { branchChain } from '../../../src/domain/ledger/chains.ts'
import { keepPlan } from '../../../src/records/plan.ts'
import { keptHeads } from '../../../src/records/ledger/kept-head.ts'
import { readBranchResult } from '../../../src/records/ledger/branch-result.ts'
import { readEvidence } from '../../../src/records/evidence.ts'
import { useSimulation } from '../../azure/simulation.ts'
import { parsed, planOf, threeWorkloads } from '../../domain/examples.ts'
import { authorOf, doneBy, now, processOf } from './chains-of.ts'

const simulation = useSimulation()
const request = parsed(threeWorkloads())
const plan = planOf(threeWorkloads())
const onboarding = plan.id
const [policy, other] = plan.policies

const resultOf = (vaultName: string) => ({
  vaultName,
  evidence: [{ store: 'slot-1', name: `${vaultName}/x.json`, sha256: 's', requirements: ['R27'] }],
  overrides: [
    { code: 'c', observed: 'no', requirement: 'R3', by: 'alice@contoso.com', reason: 'It is known to hold', at: now }
  ],
  answers: [{ task: { kind: 'import-key', vault: vaultName.toLowerCase() }, by: 'alice@contoso.com', at: now }]
})

test('an onboarding sees its branches end, gathers what was said there, and finds where the rest lies', async () => {
  const app = processOf(simulation)
  const ref = await keepPlan(app.azure.app.store, { request, plan })
  if (!ref || !policy || !other) throw new Error('the example has no two policies')
  const about = { onboarding, now, plan: ref }
  expect(await doneBy(app.call('look-at-branches', about))).toEqual({ ended: 0, open: 0 })
  for (const { slot, vaultName } of policy.vaults) {
    const as = { chain: branchChain(onboarding, { policy: policy.id, slot }), generation: 1 }
    const closing = { onboarding, now, as, outcome: 'completed', result: resultOf(vaultName) } as const
    await doneBy(processOf(simulation).call('close', closing))
    await doneBy(processOf(simulation).call('close', closing))
  }
  expect(await doneBy(app.call('look-at-branches', about))).toEqual({ ended: 2, open: 0 })
  const names = policy.vaults.map(({ vaultName }) => vaultName)
  const gathered = await doneBy(app.call('gather-branches', about))
  expect(gathered.overrides).toHaveLength(2)
  expect(gathered.answers.map(({ task }) => task)).toEqual(names.map(importOf))
  expect(Object.keys(gathered.results)).toEqual(names)
  const [first = ''] = names
  const record = gathered.results[first]
  expect(record && (await readBranchResult(app.azure.app.store, record))).toEqual(resultOf(first))

  const as = { chain: branchChain(onboarding, { policy: other.id, slot: 2 }), generation: 1 }
  await doneBy(app.call('close', { onboarding, now, as, outcome: 'cancelled' }))
  expect(await doneBy(app.call('look-at-branches', about))).toEqual({ ended: 3, open: 0 })
})

const importOf = (vaultName: string) => ({ kind: 'import-key', vault: vaultName.toLowerCase() })

test('what is no result of a branch is not written', async () => {
  const as = { chain: branchChain(onboarding, { policy: 'p', slot: 1 }), generation: 1 }
  const closing = { onboarding, now, as, outcome: 'completed', result: { vaultName: 1 } } as const
  await expect(processOf(simulation).call('close', closing)).rejects.toThrow()
})

test('at the end of a chapter each slot keeps the head of the chain, which names those of the branches', async () => {
  const app = processOf(simulation)
  const as = { chain: 'branch.heads.exchange-na.1', generation: 1 }
  await doneBy(app.call('recall', { onboarding: 'heads', now, as }))
  const ending = {
    onboarding: 'heads',
    now,
    as: authorOf('heads'),
    step: 'vaults-and-keys',
    result: 1,
    facts: []
  } as const
  await doneBy(app.call('end-chapter', ending))
  await doneBy(processOf(simulation).call('end-chapter', { ...ending, result: 2 }))
  const [entry] = await app.ledger.entries('onboarding.heads')
  const [branch] = await app.ledger.entries(as.chain)
  expect(entry?.said).toMatchObject({ kind: 'chapter', heads: { [as.chain]: branch?.sha256 } })
  const head = {
    chain: 'onboarding.heads',
    step: 'vaults-and-keys',
    n: 1,
    sha256: entry?.sha256,
    moment: entry?.moment
  }
  for (const slot of [1, 2] as const) expect(await keptHeads(app.azure.slot(slot).store, 'heads')).toEqual([head])
  expect((await readEvidence(app.azure, 'heads')).batches).toEqual([])
})

test('a chapter does not end where a slot has kept another head than the ledger has', async () => {
  const app = processOf(simulation)
  const forged = { format: 1, chain: 'onboarding.forged', step: 'offers', n: 1, sha256: 'x', moment: now }
  const document = { bytes: Buffer.from(JSON.stringify(forged)), contentType: 'application/json' }
  await app.azure.slot(2).store.putNew({ container: 'evidence', name: 'forged/ledger/offers.json' }, document)
  const ending = { onboarding: 'forged', now, as: authorOf('forged'), step: 'offers', result: 1, facts: [] } as const
  const refused = { kind: 'unreadable-record', message: expect.stringContaining('another entry 1') as string }
  expect(await app.call('end-chapter', ending)).toEqual({ refused })
})
