import type { EvidenceRef } from '../../src/domain/terms/evidence.ts'
import type { PlanAndMade } from '../../src/domain/hand-off/plan-resources.ts'
import { neededFacts, type SeenRecord } from '../../src/domain/hand-off/seen-facts.ts'
import type { Seen } from '../../src/domain/requirements/requirement-facts.ts'
import type { HandOffFacts, VaultResult } from '../../src/domain/hand-off/hand-off.ts'
import type { Answer } from '../../src/domain/tasks/answers.ts'
import type { Plan } from '../../src/domain/plan/plan.ts'
import { requirementTable } from '../../src/domain/requirements/requirement-table.ts'
import { offersOf, personNamed, sha256 } from './examples.ts'

const at = '2026-11-30T23:42:00.000Z'
const saidBy = (by: string) => ({ by, person: personNamed(by), at })
const alice = saidBy('alice@contoso.com')
const bob = saidBy('bob@contoso.com')

/** What an onboarding has gathered when all went well: evidence of everything, every task answered. */
export function finished(plan: Plan): HandOffFacts {
  const vaults = vaultsOf(plan)
  return {
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
          answer: { requestId, officers: [...officers], signedInAs: 'admin@contoso.com', chosenOffer: 'the offer' }
        })
      ),
      { ...alice, task: { kind: 'approve', slot: 1 }, answer: { planDigest: plan.digest } },
      { ...bob, task: { kind: 'approve', slot: 2 }, answer: { planDigest: plan.digest } },
      { ...alice, task: { kind: 'attest-offline', slot: 1 }, answer: { location: 'Safe 3 | Reno' } },
      { ...bob, task: { kind: 'attest-offline', slot: 2 }, answer: { location: 'Vault 9, Ohio' } }
    ],
    replaced: [],
    laterCopies: [],
    vaultAnswers: [],
    otherBatches: [],
    vaults,
    evidence: vaults.map(({ vaultName }) => evidenceOf(vaultName)),
    records: recordsOfAll({ plan, vaults }),
    verifiedSince: since,
    escalations: [],
    shown: [alice, bob].map(({ by, person }) => ({ by, person, at: '2026-11-23T17:40:00.000Z' })),
    overrides: []
  }
}

const vaultsOf = (plan: Plan): VaultResult[] =>
  plan.policies.flatMap((policy) =>
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
        hsmPlatform: '2',
        recoveryLevel: 'Recoverable+ProtectedSubscription',
        keyId: `${keyIdOf(vault.vaultName, vault.keyName)}/${sha256(vault.keyName).slice(0, 32)}`,
        keyIdVersionless: keyIdOf(vault.vaultName, vault.keyName),
        keyVersions: 1,
        backup: {
          url: `https://store/backups/${vault.vaultName}`,
          sha256: sha256('b'),
          immutableUntil: '2027-11-30T23:42:00.000Z',
          at: '2026-11-30T20:00:00.000Z'
        }
      })
    )
  )

const evidenceOf = (name: string): EvidenceRef => ({
  store: 'slot-1',
  name: `contoso-1/${name}.json`,
  sha256: sha256(name),
  requirements: ['R27']
})

const keyIdOf = (vault: string, key: string): string => `https://${vault.toLowerCase()}.vault.azure.net/keys/${key}`

const since = '2026-11-30T23:40:00.000Z'

const seenAt: Readonly<Record<Seen, string>> = {
  'before-mail': '2026-11-23T18:12:00.000Z',
  mail: '2026-11-23T18:13:00.000Z',
  wait: '2026-11-27T18:00:00.000Z',
  verification: '2026-11-30T23:41:00.000Z'
}

/** A record of everything that any requirement asks for, each once. */
function recordsOfAll(made: PlanAndMade): SeenRecord[] {
  const facts = requirementTable.flatMap((row) => neededFacts(row, made).map((fact) => ({ ...fact, id: row.id })))
  const all = facts.map(({ id: requirement, check, resource, seen }) => ({
    id: `contoso-1/${seen}/${resource.id}.json#${check}`,
    requirement,
    check,
    resource: resource.id,
    observed: 'as it should be',
    expected: 'as it should be',
    held: true,
    at: seenAt[seen],
    call: { operation: 'GET thing', requestId: 'request-1', identity: resource.identity }
  }))
  return [...new Map(all.map((record) => [record.id, record])).values()]
}
