import { AzureError } from '../core/service.ts'
import { readAccessPolicies } from './access-policy-rules.ts'
import { isObject } from './read-json.ts'
import type { VaultProperties } from './vault-record.ts'

export interface PropertiesAsked {
  readonly given: Record<string, unknown>
  /** The vault as it is; absent at creation. */
  readonly present: VaultProperties | undefined
  readonly tenantId: string
  readonly apiVersion: string
  /** A PUT must say what a PATCH may leave out. */
  readonly whole: boolean
}

/** What the vault's properties become. Throws 400 for what Azure does not let a vault become. */
export function readVaultProperties(asked: PropertiesAsked): VaultProperties {
  const { given, present, tenantId, whole } = asked
  if (given['createMode'] === 'recover') throw invalid('There is no recovery of a deleted vault in the simulated Azure.')
  if (whole) requireTenant(given['tenantId'], tenantId)
  const enableRbacAuthorization = flag(given, 'enableRbacAuthorization') ?? present?.enableRbacAuthorization ?? rbacByDefault(asked.apiVersion)
  return {
    tenantId,
    sku: whole || given['sku'] !== undefined || present === undefined ? readSku(given['sku']) : present.sku,
    accessPolicies: readPolicies(asked, enableRbacAuthorization),
    enabledForDeployment: flag(given, 'enabledForDeployment') ?? present?.enabledForDeployment ?? false,
    enabledForDiskEncryption: flag(given, 'enabledForDiskEncryption') ?? present?.enabledForDiskEncryption ?? false,
    enabledForTemplateDeployment: flag(given, 'enabledForTemplateDeployment') ?? present?.enabledForTemplateDeployment ?? false,
    enableSoftDelete: readSoftDelete(given),
    softDeleteRetentionInDays: readRetention(given, present),
    enableRbacAuthorization,
    ...readPurgeProtection(given, present),
    ...readNetworkAcls(given, present),
    publicNetworkAccess: typeof given['publicNetworkAccess'] === 'string'
      ? given['publicNetworkAccess']
      : present?.publicNetworkAccess ?? 'Enabled'
  }
}

// https://learn.microsoft.com/azure/key-vault/general/access-control-default
function rbacByDefault(apiVersion: string): boolean {
  return apiVersion >= '2026-02-01'
}

function requireTenant(given: unknown, tenantId: string): void {
  if (typeof given !== 'string') throw invalid('The parameter tenantId is not specified.')
  if (given.toLowerCase() === tenantId.toLowerCase()) return
  throw invalid(`The tenantId '${given}' is not the tenant of the subscription, '${tenantId}'.`)
}

function readSku(sku: unknown): VaultProperties['sku'] {
  if (!isObject(sku)) throw invalid('The parameter sku is not specified.')
  const name = String(sku['name']).toLowerCase()
  if (String(sku['family']).toUpperCase() === 'A' && (name === 'standard' || name === 'premium')) return { family: 'A', name }
  throw invalid(`The sku '${String(sku['family'])}/${String(sku['name'])}' is not supported for vaults.`)
}

/** A PUT replaces the list, a PATCH too where it names one. */
function readPolicies(asked: PropertiesAsked, rbac: boolean): VaultProperties['accessPolicies'] {
  const { given: { accessPolicies }, present, tenantId, whole } = asked
  if (accessPolicies === undefined && !whole && present !== undefined) return present.accessPolicies
  if (accessPolicies === undefined && rbac) return []
  return readAccessPolicies(accessPolicies, tenantId)
}

function readSoftDelete(given: Record<string, unknown>): true {
  if (given['enableSoftDelete'] !== false) return true
  throw invalid('The property "enableSoftDelete" cannot be set to false. Soft delete is on for every vault and cannot be turned off.')
}

function readRetention(given: Record<string, unknown>, present: VaultProperties | undefined): number {
  const days = given['softDeleteRetentionInDays'] ?? present?.softDeleteRetentionInDays ?? 90
  if (!Number.isInteger(days) || Number(days) < 7 || Number(days) > 90) {
    throw invalid(`The value '${String(days)}' of "softDeleteRetentionInDays" is not between 7 and 90.`)
  }
  if (present !== undefined && days !== present.softDeleteRetentionInDays) {
    throw invalid('The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.')
  }
  return Number(days)
}

function readPurgeProtection(given: Record<string, unknown>, present: VaultProperties | undefined): { enablePurgeProtection?: true } {
  if (given['enablePurgeProtection'] === false) {
    throw invalid('The property "enablePurgeProtection" cannot be set to false. ' +
      'Enabling the purge protection for a vault is an irreversible action.')
  }
  return given['enablePurgeProtection'] === true || present?.enablePurgeProtection ? { enablePurgeProtection: true } : {}
}

function readNetworkAcls(given: Record<string, unknown>, present: VaultProperties | undefined): { networkAcls?: object } {
  if (isObject(given['networkAcls'])) return { networkAcls: given['networkAcls'] }
  return present?.networkAcls === undefined ? {} : { networkAcls: present.networkAcls }
}

function flag(given: Record<string, unknown>, name: string): boolean | undefined {
  const value = given[name]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'boolean') return value
  throw invalid(`The value '${String(value)}' of "${name}" is not a boolean.`)
}

function invalid(message: string): AzureError {
  return new AzureError(400, 'BadRequest', message)
}
