import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import * as vaults from '@azure/arm-keyvault'
import { KnownPrincipalType } from '@azure/arm-authorization'
import { KnownEmailSendStatus } from '@azure/communication-email'
import { KnownDeletionRecoveryLevel, KnownKeyCurveNames, KnownKeyTypes } from '@azure/keyvault-keys'
import type { Exchange } from '../../local/azure/core/answer.ts'
import { services, startConversation } from './conversation.ts'
import { askForEverything } from './every-operation.ts'
import { facts, factsText, type Facts } from './facts.ts'
import { faultsOf } from './fits-facts.ts'
import { changedFacts } from './changed-facts.ts'
import { unheldOperations } from './unheld.ts'

let exchanges: readonly Exchange[]
beforeAll(async () => {
  const conversation = startConversation()
  await askForEverything(conversation)
  exchanges = conversation.exchanges
})

test('every answer of the simulated Azure fits the published definition of its operation', () => {
  expect(faultsIn(facts)).toEqual([])
})

test('every operation that is simulated is held against a definition, and answered', () => {
  const routed = services.flatMap(({ name, routes }) => routes.map(({ operation }) => `${name} ${operation}`))
  const held = [...new Set(routed)].filter((operation) => !unheldOperations.has(operation))
  expect(held.toSorted()).toEqual(Object.keys(facts.operations).toSorted())
  expect(unanswered(facts)).toEqual([])
})

test('the words of the enumerations are those the clients of Microsoft know', () => {
  expect(unlikeTheClients(facts)).toEqual([])
})

test('the facts are those that were read: a weaker one, or another source, would show in no answer', () => {
  const digest = createHash('sha256').update(JSON.stringify(JSON.parse(factsText))).digest('hex')
  expect(digest).toBe('0b20e48156f8b6dc11a1148a3fae624461a47be0d459bb21d1dacfa9702baf95')
})

test('no fact can change without a fault', () => {
  expect(changedFacts(facts).length).toBeGreaterThan(400)
  const quiet = changedFacts(facts).filter(({ changed }) =>
    [...faultsIn(changed), ...unanswered(changed), ...unseen(changed), ...unlikeTheClients(changed)].length === 0)
  expect(quiet.map(({ at }) => at)).toEqual([])
})

const faultsIn = (held: Facts): string[] => exchanges.flatMap((exchange) => faultsOf(held, exchange))

/** Statuses that the facts have and nobody was answered with. */
function unanswered(held: Facts): string[] {
  const seen = new Set(exchanges.map(({ service, operation, response }) => `${service} ${operation} ${String(response.status)}`))
  return Object.entries(held.operations)
    .flatMap(([name, { answers }]) => Object.keys(answers).map((status) => `${name} ${status}`))
    .filter((answer) => !seen.has(answer))
}

/** Properties that the facts have and no answer had: a fact that nothing is held against. */
function unseen(held: Facts): string[] {
  const seen = new Set<string>()
  const names = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, each] of Object.entries(value)) { seen.add(name); names(each) }
  }
  for (const { response } of exchanges) names(response.json)
  return Object.values(held.shapes).flatMap((shape) => Object.keys(shape)).filter((name) => !seen.has(name))
}

// Enumerations of these names are exported by the SDK clients, which are generated from the same definitions.
const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DeletionRecoveryLevel: KnownDeletionRecoveryLevel,
  JsonWebKeyType: KnownKeyTypes,
  JsonWebKeyCurveName: KnownKeyCurveNames,
  EmailSendStatus: KnownEmailSendStatus,
  VaultProvisioningState: vaults.KnownVaultProvisioningState,
  Reason: vaults.KnownReason,
  SkuFamily: vaults.KnownSkuFamily,
  KeyPermission: vaults.KnownKeyPermissions,
  SecretPermission: vaults.KnownSecretPermissions,
  CertificatePermission: vaults.KnownCertificatePermissions,
  NetworkRuleAction: vaults.KnownNetworkRuleAction,
  NetworkRuleBypassOptions: vaults.KnownNetworkRuleBypassOptions,
  CreatedByType: vaults.KnownCreatedByType
}

function unlikeTheClients(held: Facts): string[] {
  // The client of a later version also knows devices.
  const principals: readonly string[] = Object.values(KnownPrincipalType)
  const strangers = (held.enums['PrincipalType'] ?? []).filter((word) => !principals.includes(word))
  return [...strangers, ...Object.entries(known).filter(([name, words]) =>
    Object.values(words).toSorted().join() !== held.enums[name]?.toSorted().join()).map(([name]) => name)]
}
