import { generateKeyPair } from 'node:crypto'
import { Agent } from 'node:https'
import { promisify } from 'node:util'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'
import { KeyClient, type ImportKeyOptions, type JsonWebKey } from '@azure/keyvault-keys'
import type { Task } from '../../src/domain/tasks/task.ts'
import type { PlanContent, VaultPlan } from '../../src/domain/plan/plan.ts'
import { vaults } from '../azure/arm/keyvault-management/vault-record.ts'
import { issueToken } from '../azure/core/bearer-token.ts'
import { findKey } from '../azure/keyvault/key-record.ts'
import { actorOf, userId } from '../azure/seed-people.ts'
import type { ReachableAzure } from '../azure/start.ts'

/**
 * What a key vault administrator of the slot does when asked to import: makes a key outside and sends it to the vault over
 * the wire, as themselves. In slot 2 it comes with an expiration date, as the tools of many companies give one to every key.
 * Whether its vault is one of the plan.
 */
export async function importKey(azure: ReachableAzure, plan: PlanContent, task: Task<'import-key'>): Promise<boolean> {
  const vault = plan.policies
    .flatMap(({ vaults }) => vaults)
    .find(({ vaultName }) => vaultName.toLowerCase() === task.vault)
  if (!vault) return false
  const there = vaults(azure.world).get(task.vault)
  if (there && findKey(azure.world, there, vault.keyName)) return true // they did, and were cut off before they said so
  const options: ImportKeyOptions = {
    hardwareProtected: plan.sku === 'premium',
    ...(vault.slot === 2 ? { expiresOn: new Date(azure.clock.now() + 2 * 365 * 86_400_000) } : {})
  }
  await clientOf(azure, plan, vault).importKey(vault.keyName, await newKey(plan.keySize), options)
  return true
}

async function newKey(modulusLength: number): Promise<JsonWebKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength })
  const { kty: _, ...numbers } = privateKey.export({ format: 'jwk' })
  const bytes = Object.entries(numbers).map(([name, value]) => [name, Buffer.from(String(value), 'base64url')] as const)
  return { kty: 'RSA', keyOps: ['wrapKey', 'unwrapKey'], ...Object.fromEntries(bytes) }
}

/** The client of production, signed in as a person, on the way into the simulated Azure and nowhere else. */
function clientOf(
  { world, hostEnvironment, authority }: ReachableAzure,
  plan: PlanContent,
  { vaultName, slot }: VaultPlan
): KeyClient {
  const { tenantId } = plan.organization
  const person = actorOf(plan.slots[slot - 1]?.administrators[0], plan.organization.domain)
  const caller = {
    clientId: azureCli,
    objectId: userId(tenantId, person),
    tenantId,
    audience: 'https://vault.azure.net'
  }
  const expiresAt = Math.floor(Date.now() / 1000) + 3600
  const token = { token: issueToken(caller, world.secret, expiresAt), expiresOnTimestamp: expiresAt * 1000 }
  const agent = new Agent({
    proxyEnv: { HTTPS_PROXY: hostEnvironment['HTTPS_PROXY'] },
    ca: authority
  })
  const intoTheSimulation: PipelinePolicy = {
    name: 'intoTheSimulation',
    sendRequest: (request, next) => next(Object.assign(request, { agent }))
  }
  return new KeyClient(
    `https://${vaultName.toLowerCase()}.vault.azure.net`,
    { getToken: async () => token },
    {
      additionalPolicies: [{ policy: intoTheSimulation, position: 'perRetry' }]
    }
  )
}

/** The client id of the Azure CLI in every tenant. */
const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'
