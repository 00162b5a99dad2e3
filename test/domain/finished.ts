import type { EvidenceRef, Requirement } from '../../src/domain/terms/evidence.ts'
import type { HandOffFacts, VaultResult } from '../../src/domain/hand-off/hand-off.ts'
import type { Answer } from '../../src/domain/tasks/answers.ts'
import type { Plan } from '../../src/domain/plan/plan.ts'
import { requirementTable } from '../../src/domain/requirements/requirement-table.ts'
import { offersOf, sha256 } from './examples.ts'

const at = '2026-11-30T23:42:00.000Z'
const alice = { by: 'alice@contoso.com', at }
const bob = { by: 'bob@contoso.com', at }

/** What an onboarding has gathered when all went well: evidence of everything, every task answered. */
export const finished = (plan: Plan): HandOffFacts => ({
  offers: offersOf(plan),
  registration: {
    states: ['Registered', 'Registered'],
    mailedAt: '2026-11-23T18:13:00.000Z',
    dueAt: '2026-12-01T18:13:00.000Z'
  },
  answers: [
    ...offersOf(plan).map(
      ({ workload, requestId, officers }): Answer => ({
        ...alice,
        task: { kind: 'offer', workload },
        answer: { requestId, officers: [...officers] }
      })
    ),
    { ...alice, task: { kind: 'approve', slot: 1 }, answer: { planDigest: plan.digest } },
    { ...bob, task: { kind: 'approve', slot: 2 }, answer: { planDigest: plan.digest } },
    { ...alice, task: { kind: 'attest-offline', slot: 1 }, answer: { location: 'Safe 3 | Reno' } },
    { ...bob, task: { kind: 'attest-offline', slot: 2 }, answer: { location: 'Vault 9, Ohio' } }
  ],
  vaultAnswers: [],
  vaults: plan.policies.flatMap((policy) =>
    policy.vaults.map(
      (vault): VaultResult => ({
        policy: policy.id,
        workload: policy.workload,
        slot: vault.slot,
        subscriptionId: vault.subscriptionId,
        vaultName: vault.vaultName,
        resourceGroup: vault.resourceGroup,
        region: vault.region,
        sku: 'premium',
        keyType: 'RSA-HSM',
        recoveryLevel: 'Recoverable+ProtectedSubscription',
        keyId: `${keyIdOf(vault.vaultName, vault.keyName)}/${sha256(vault.keyName).slice(0, 32)}`,
        keyIdVersionless: keyIdOf(vault.vaultName, vault.keyName),
        keyVersions: 1,
        backup: { url: 'https://store/backups/b', sha256: sha256('b'), immutableUntil: '2027-11-30T23:42:00.000Z' }
      })
    )
  ),
  evidence: plan.policies.flatMap((policy) => policy.vaults.map(({ vaultName }) => evidenceOfAll(vaultName))),
  overrides: []
})

const keyIdOf = (vault: string, key: string): string => `https://${vault.toLowerCase()}.vault.azure.net/keys/${key}`

/** One batch with a record of every requirement that evidence proves. */
const evidenceOfAll = (name: string): EvidenceRef => ({
  store: 'slot-1',
  name: `contoso-1/${name}.json`,
  sha256: sha256(name),
  requirements: requirementTable.flatMap((facts): Requirement[] => (facts.servedBy === 'app' ? [facts.id] : []))
})
