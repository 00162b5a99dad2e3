import { AzureError } from '../../core/service.ts'
import { readAccessPolicies } from './access-policy-rules.ts'
import { isObject } from '../read-json.ts'
import type { VaultProperties } from './vault-record.ts'

export interface PropertiesRequest {
  readonly given: Record<string, unknown>
  /** The vault as it is; absent at creation. */
  readonly present: VaultProperties | undefined
  readonly tenantId: string
  readonly apiVersion: string
  /** A PUT must say what a PATCH may leave out. */
  readonly whole: boolean
}

/** What the vault's properties become. Throws 400 for what Azure does not let a vault become. */
export function readVaultProperties(asked: PropertiesRequest): VaultProperties {
  const { given, present, tenantId, whole } = asked
  if (whole) requireTenant(given['tenantId'], tenantId)
  const enableRbacAuthorization = readFlag(asked, 'enableRbacAuthorization', rbacByDefault(asked.apiVersion))
  return {
    tenantId,
    sku: readSku(asked),
    accessPolicies: readPolicies(asked, enableRbacAuthorization),
    enabledForDeployment: readFlag(asked, 'enabledForDeployment', false),
    enabledForDiskEncryption: readFlag(asked, 'enabledForDiskEncryption', false),
    enabledForTemplateDeployment: readFlag(asked, 'enabledForTemplateDeployment', false),
    enableSoftDelete: readSoftDelete(given),
    softDeleteRetentionInDays: readRetention(given, present),
    enableRbacAuthorization,
    ...readPurgeProtection(given, present),
    ...readNetwork(given, present)
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

function readSku({ given: { sku }, present, whole }: PropertiesRequest): VaultProperties['sku'] {
  if (sku === undefined && present !== undefined && !whole) return present.sku
  if (!isObject(sku)) throw invalid('The parameter sku is not specified.')
  const name = String(sku['name']).toLowerCase()
  const isKnown = name === 'standard' || name === 'premium'
  if (isKnown && String(sku['family']).toUpperCase() === 'A') return { family: 'A', name }
  throw invalid(`The sku '${String(sku['family'])}/${String(sku['name'])}' is not supported for vaults.`)
}

/** A PUT replaces the list, a PATCH too where it names one. */
function readPolicies(asked: PropertiesRequest, rbac: boolean): VaultProperties['accessPolicies'] {
  const {
    given: { accessPolicies },
    present,
    tenantId,
    whole
  } = asked
  if (accessPolicies === undefined && !whole && present !== undefined) return present.accessPolicies
  if (accessPolicies === undefined && rbac) return []
  return readAccessPolicies(accessPolicies, tenantId)
}

function readSoftDelete(given: Record<string, unknown>): true {
  if (given['enableSoftDelete'] !== false) return true
  throw invalid(
    'The property "enableSoftDelete" cannot be set to false. ' +
      "Enabling the 'soft delete' functionality is an irreversible action."
  )
}

function readRetention(given: Record<string, unknown>, present: VaultProperties | undefined): number {
  const days = given['softDeleteRetentionInDays'] ?? present?.softDeleteRetentionInDays ?? 90
  if (typeof days !== 'number' || !Number.isInteger(days) || days < 7 || days > 90) {
    throw invalid('The value of "softDeleteRetentionInDays" must be a whole number from 7 to 90.')
  }
  if (present !== undefined && days !== present.softDeleteRetentionInDays) {
    throw invalid('The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.')
  }
  return days
}

type PurgeProtection = Pick<VaultProperties, 'enablePurgeProtection'>

function readPurgeProtection(given: Record<string, unknown>, present: VaultProperties | undefined): PurgeProtection {
  if (given['enablePurgeProtection'] === false) {
    throw invalid(
      'The property "enablePurgeProtection" cannot be set to false. ' +
        'Enabling the purge protection for a vault is an irreversible action.'
    )
  }
  const isOn = given['enablePurgeProtection'] === true || present?.enablePurgeProtection === true
  return isOn ? { enablePurgeProtection: true } : {}
}

type Network = Pick<VaultProperties, 'networkAcls' | 'publicNetworkAccess'>

function readNetwork(given: Record<string, unknown>, present: VaultProperties | undefined): Network {
  const networkAcls = isObject(given['networkAcls']) ? readNetworkAcls(given['networkAcls']) : present?.networkAcls
  const access = given['publicNetworkAccess'] ?? present?.publicNetworkAccess ?? 'Enabled'
  if (typeof access !== 'string') throw invalid('The value of "publicNetworkAccess" must be a text.')
  return { publicNetworkAccess: access, ...(networkAcls === undefined ? {} : { networkAcls }) }
}

/**
 * What a PATCH leaves out of it is gone: whether Azure keeps it is documented nowhere, so the worst is played. Words and defaults
 * are those of `NetworkRuleSet`, `IPRule` and `VirtualNetworkRule` of the definition that facts.json names.
 */
function readNetworkAcls(given: Record<string, unknown>): object {
  return {
    bypass: oneOf('networkAcls.bypass', given['bypass'] ?? 'AzureServices', ['AzureServices', 'None']),
    defaultAction: oneOf('networkAcls.defaultAction', given['defaultAction'] ?? 'Allow', ['Allow', 'Deny']),
    ipRules: rulesIn(given['ipRules'], 'value', /^[0-9a-f.:]+(\/\d{1,3})?$/i),
    virtualNetworkRules: rulesIn(given['virtualNetworkRules'], 'id', /^\/subscriptions\/.+\/subnets\/[^/]+$/i)
  }
}

function rulesIn(given: unknown, named: 'value' | 'id', form: RegExp): object[] {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) throw invalid('The rules of "networkAcls" must be lists.')
  return given.map((rule: unknown) => {
    const name = isObject(rule) ? rule[named] : undefined
    if (isObject(rule) && typeof name === 'string' && form.test(name)) return rule
    throw invalid(`The value "${String(name)}" of a rule of "networkAcls" is not valid.`)
  })
}

function oneOf(name: string, given: unknown, words: readonly string[]): string {
  const found = words.find((word) => word.toLowerCase() === String(given).toLowerCase())
  if (found !== undefined) return found
  throw invalid(`The value "${String(given)}" of "${name}" is not one of ${words.join(', ')}.`)
}

type Flag =
  | 'enableRbacAuthorization'
  | 'enabledForDeployment'
  | 'enabledForDiskEncryption'
  | 'enabledForTemplateDeployment'

function readFlag({ given, present }: PropertiesRequest, name: Flag, byDefault: boolean): boolean {
  const value = given[name] ?? present?.[name] ?? byDefault
  if (typeof value === 'boolean') return value
  throw invalid(`The value of "${name}" must be true or false.`)
}

function invalid(message: string): AzureError {
  return new AzureError(400, 'BadRequest', message)
}
