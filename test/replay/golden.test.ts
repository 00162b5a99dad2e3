import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { branchAt, onboardingAt } from '../../src/contracts/orchestrations.ts'
import { planWorkloads } from '../../src/domain/plan/plan-workloads.ts'
import { operationIdOf } from '../../src/steps/mails/operation-id.ts'
import { planOf, threeWorkloads } from '../domain/examples.ts'

// From the first release on these values stay: test/replay/README.md.
const golden: unknown = JSON.parse(readFileSync('test/replay/golden.json', 'utf8'))

test('a request, its people and a deployment give the digest, names and ids that they gave at the release', () => {
  const plan = planOf({ ...threeWorkloads(), tags: { owner: 'it' }, changeTicket: 'CHG0031234' })
  const vaultNames = plan.policies.flatMap(({ vaults }) => vaults.map(({ vaultName }) => vaultName))
  expect({
    digest: plan.digest,
    vaultNames,
    mails: Object.fromEntries(
      planWorkloads(plan).map((workload) => [workload, operationIdOf(plan, 'alias', workload)])
    ),
    started: operationIdOf(plan, 'operators', 'started'),
    onboarding: onboardingAt(plan.id, 1).id,
    branches: plan.policies.flatMap(({ id, vaults }) =>
      vaults.map(({ slot }) => branchAt(plan.id, { policy: id, slot }, 1).id)
    )
  }).toEqual(golden)
})
