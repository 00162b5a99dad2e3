import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { parameterFiles } from '../../local/bicep.ts'

interface Resource {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly properties?: {
    readonly workspaceId?: string
    readonly logs?: readonly { readonly category: string; readonly enabled: boolean }[]
    readonly criteria?: { readonly allOf: readonly { readonly query: string }[] }
    readonly scopes?: readonly string[]
  }
}
const resourcesOf = (name: (typeof parameterFiles)[number]): readonly Resource[] =>
  (
    JSON.parse(readFileSync(`infra/${name}.snapshot.json`, 'utf8')) as {
      predictedResources: readonly Resource[]
    }
  ).predictedResources
const slot = resourcesOf('snapshots/slot-with-roles')
const main = resourcesOf('snapshots/main')
const ofType = (resources: readonly Resource[], type: string) => resources.filter((each) => each.type === type)
const logged = (resources: readonly Resource[]) =>
  ofType(resources, 'Microsoft.Insights/diagnosticSettings').map(({ id, properties }) => [
    id.split('/providers/').at(-2)?.split('/')[0],
    (properties?.logs ?? []).filter(({ enabled }) => enabled).map(({ category }) => category)
  ])

test('a slot logs who uses its vaults and its store, in a workspace of its own', () => {
  expect(logged(slot)).toEqual([
    ['Microsoft.Storage', ['StorageRead', 'StorageWrite', 'StorageDelete']],
    ['Microsoft.KeyVault', ['AuditEvent']],
    ['Microsoft.KeyVault', ['AuditEvent']]
  ])
  const [workspace, ...more] = ofType(slot, 'Microsoft.OperationalInsights/workspaces')
  expect([workspace?.name, more]).toEqual(['log-contoso-ck-slot2', []])
  // The vaults' settings name it by an output of the module that makes it.
  const [ofStore, ...ofVaults] = ofType(slot, 'Microsoft.Insights/diagnosticSettings')
  expect(ofStore?.properties?.workspaceId).toBe(workspace?.id)
  for (const { properties } of ofVaults)
    expect(properties?.workspaceId).toMatch(/'log-\{0\}'.*outputs\.workspaceId\.value/)
})

test('the app logs who writes its package, its records and its ledger, and what became of its mails', () => {
  expect(logged(main)).toEqual(
    expect.arrayContaining([
      ['Microsoft.Storage', ['StorageWrite', 'StorageDelete']],
      ['Microsoft.Storage', ['StorageWrite', 'StorageDelete']],
      ['Microsoft.Communication', ['EmailSendMailOperational', 'EmailStatusUpdateOperational']]
    ])
  )
})

/**
 * Columns that our queries name, of https://learn.microsoft.com/azure/azure-monitor/reference/tables/azkvauditlogs and
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/storagebloblogs; each operation of a vault is one of
 * https://learn.microsoft.com/azure/key-vault/general/logging.
 */
const columns = {
  AZKVAuditLogs: ['OperationName', '_ResourceId'],
  StorageBlobLogs: [
    'AccountName',
    'Category',
    'OperationName',
    'RequesterObjectId',
    'Uri',
    'StatusCode',
    'AuthenticationType'
  ]
}
const ourOwn = ['about', 'container']

test('each query asks a table for columns that it has', () => {
  const queries = [...slot, ...main]
    .flatMap(({ properties }) => properties?.criteria?.allOf ?? [])
    .flatMap(({ query }) => /(AZKVAuditLogs|StorageBlobLogs) \|[^']*/.exec(query)?.[0] ?? [])
  expect(queries).toHaveLength(6)
  for (const query of queries) {
    const table = query.startsWith('AZKV') ? columns.AZKVAuditLogs : columns.StorageBlobLogs
    const words = query
      .replace(/"[^"]*"/g, '""')
      .match(/\b[A-Z_]\w*\b|\b(about|container)\b/g)
      ?.filter((word) => !(word in columns))
    expect((words ?? []).filter((word) => ![...table, ...ourOwn, 'Path', 'OAuth'].includes(word))).toEqual([])
  }
})

test('nobody is told of what the slot’s identity and those who are expected read, and of everybody else', () => {
  const query = slot.find(({ name }) => name.endsWith('-backups-read'))?.properties?.criteria?.allOf[0]?.query
  expect(query).toContain(
    'RequesterObjectId !in ("00000000-0000-4000-8000-00000000000b", "00000000-0000-4000-8000-00000000000d")'
  )
})
