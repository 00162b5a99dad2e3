import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import parameterFile from '../../infra/main.parameters.json' with { type: 'json' }
import roles from '../../infra/roles.json' with { type: 'json' }
import { seedFor } from '../../local/azure/seed.ts'
import { compileBicep } from '../../local/bicep.ts'
import { alertsMissing, foreignAmong, slotAlerts } from '../../src/domain/terms/own-resource.ts'
import { ConfigError, readConfig } from '../../src/config/read-config.ts'
import { settingNames } from '../../src/config/settings.ts'
import { bicep, compiled, type TemplateResource } from './template.ts'

const folder = mkdtempSync(join(tmpdir(), 'infra-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const { parameters } = parameterFile
const main = compiled('main.bicep')
const slot = compiled('slot.bicep')
const all = [...main.resources, ...slot.resources]

const ofType = (resources: readonly TemplateResource[], type: string) =>
  resources.filter((resource) => resource.type === type)
const one = (module: string, type: string): Record<string, unknown> =>
  ofType(all, type).find((resource) => resource.module === module)?.properties ?? {}

const roleDefinitions = 'Microsoft.Authorization/roleDefinitions'
const roleAssignments = 'Microsoft.Authorization/roleAssignments'
const containers = 'Microsoft.Storage/storageAccounts/blobServices/containers'

describe.skipIf(bicep === undefined)('infra', () => {
  test('compiles without a warning', () => {
    expect([...main.complaints, ...slot.complaints]).toEqual([])
    expect(all.length).toBeGreaterThan(30)
  })

  test('what the compiler complains of is heard, by our rules: of a version of Azure’s that has a newer one, too', () => {
    const file = join(folder, 'faulty.bicep')
    copyFileSync('infra/bicepconfig.json', join(folder, 'bicepconfig.json'))
    const old = "resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = { name: 'rg', location: place }"
    writeFileSync(file, `targetScope = 'subscription'\nparam unused string\nparam place string\n${old}\n`)
    expect(compileBicep(bicep ?? '', file).complaints).toEqual([
      expect.stringContaining('no-unused-params'),
      expect.stringMatching(/use-recent-api-versions: .*resourceGroups'. '2024-11-01' is/)
    ])
  })
})

describe.skipIf(bicep === undefined)('rights', () => {
  const permissions = (resources: readonly TemplateResource[]) =>
    ofType(resources, roleDefinitions).map(({ properties }) => properties['permissions'])
  const ofRole = (kind: keyof typeof roles) => [{ actions: roles[kind].actions, dataActions: roles[kind].dataActions }]

  test('every role definition holds what roles.json says', () => {
    expect(permissions(slot.resources)).toEqual([
      ofRole('setup'),
      ofRole('guard'),
      ofRole('drill'),
      ofRole('administrator'),
      ofRole('keeper'),
      ofRole('granting'),
      ofRole('store'),
      ofRole('locks')
    ])
    expect(permissions(main.resources)).toEqual([ofRole('records'), ofRole('store'), ofRole('locks'), ofRole('mail')])
  })

  test('whoever sets up under Azure RBAC may give the roles of vaults and no other, and the roles are there for nobody else', () => {
    const conditional = ofType(slot.resources, roleAssignments).filter(
      ({ properties }) => properties['condition'] !== undefined
    )
    expect(conditional.map(({ properties }) => properties['roleDefinitionId'])).toEqual([
      expect.stringContaining("'customer-key-granting'")
    ])
    const condition = String(conditional[0]?.properties['condition'])
    expect(condition).toContain(
      '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals'
    )
    for (const part of ["variables('encryptionUser')", "'customer-key-administrator'", "'customer-key-keeper'"])
      expect(condition).toContain(part)
    const source = readFileSync('infra/slot.bicep', 'utf8')
    expect(source).toContain("var encryptionUser = 'e147488a-f6f5-4113-8e2d-b22465e65bf6'")
    for (const role of ['administratorRole', 'keeperRole', 'grantingRole'])
      expect(source).toMatch(new RegExp(`resource ${role} .* = if \\(byRoles\\)`))
    expect(source).toContain('= if (byRoles && settingUp)')
  })

  test('the role of drills is there for who wants drills, and for nobody else', () => {
    const source = readFileSync('infra/slot.bicep', 'utf8')
    expect(source).toContain('param drills bool = false')
    for (const resource of ['drillRole', 'drill'])
      expect(source).toMatch(new RegExp(`^resource ${resource} .* = if \\(drills\\)`, 'm'))
  })

  test('a slot’s roles are scoped to its own subscription or less', () => {
    for (const { properties } of ofType(slot.resources, roleDefinitions)) {
      expect(['[subscription().id]', '[resourceGroup().id]']).toContain(String(properties['assignableScopes']))
    }
  })

  test('two deployments stand in one directory: the name of every role has the prefix, and a slot’s the slot', () => {
    const definitions = ofType(all, roleDefinitions)
    expect(definitions).toHaveLength(12)
    for (const { properties, module } of definitions) {
      const part = ['mail', 'recordsStore'].includes(module) ? "'app'" : "format('slot {0}', parameters('slot'))"
      expect(properties['roleName'], module).toMatch(/^\[__bicep\.roleName\(/)
      expect(properties['roleName'], module).toContain(`, parameters('namePrefix'), ${part})]`)
    }
    expect(readFileSync('infra/names.bicep', 'utf8')).toContain("=> '${title} (${toLower(namePrefix)} ${part})'")
  })

  test('the app’s template reaches no vault', () => {
    expect(main.resources.filter(({ type }) => type.startsWith('Microsoft.KeyVault'))).toEqual([])
  })
})

describe.skipIf(bicep === undefined)('stores', () => {
  const accounts = 'Microsoft.Storage/storageAccounts'

  test('none has a key or a public blob, and all want TLS 1.2', () => {
    const stores = ofType(all, accounts)
    expect(stores.map(({ module }) => module).toSorted()).toEqual([
      'deploymentStore',
      'hostStore',
      'recordsStore',
      'store'
    ])
    for (const { properties } of stores) {
      expect(properties).toMatchObject({
        allowSharedKeyAccess: false,
        allowBlobPublicAccess: false,
        minimumTlsVersion: 'TLS1_2',
        supportsHttpsTrafficOnly: true
      })
    }
  })

  test('a slot’s keeps versions and what was deleted; its backups and evidence are immutable, its locks are not', () => {
    expect(one('store', 'Microsoft.Storage/storageAccounts/blobServices')).toMatchObject({
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 90 }
    })
    const made = ofType(slot.resources, containers).map(({ properties }) => properties)
    expect(made).toEqual([
      { publicAccess: 'None', immutableStorageWithVersioning: { enabled: true } },
      { publicAccess: 'None' },
      { publicAccess: 'None' }
    ])
    expect(one('store', `${containers}/immutabilityPolicies`)).toEqual({
      immutabilityPeriodSinceCreationInDays: "[parameters('retentionDays')]",
      allowProtectedAppendWrites: false
    })
  })

  test('a slot’s can be deployed again once its policies are locked, which leaves them alone and nothing else', () => {
    const conditional = slot.resources.filter(({ condition }) => String(condition).includes('policiesLocked'))
    expect(conditional.map(({ type, condition }) => [type, condition])).toEqual([
      [`${containers}/immutabilityPolicies`, "[not(parameters('policiesLocked'))]"]
    ])
  })

  test('the commands that lock a slot’s policies name its subscription', () => {
    const [, commands = ''] =
      /output lockCommands array = (.*)/.exec(readFileSync('infra/modules/slot-store.bicep', 'utf8')) ?? []
    expect(commands.match(/az storage/g)).toHaveLength(2)
    expect(commands.match(/--subscription \$\{subscription\(\)\.subscriptionId\}/g)).toHaveLength(2)
  })

  test('the ledger’s entries are immutable, and the app may only add to it: its right to write ends at the records and locks', () => {
    expect(
      ofType(main.resources, containers)
        .filter(({ module }) => module === 'recordsStore')
        .map(({ properties }) => properties)
    ).toEqual([
      { publicAccess: 'None' },
      { publicAccess: 'None', immutableStorageWithVersioning: { enabled: true } },
      { publicAccess: 'None' }
    ])
    const [policy, ...more] = ofType(main.resources, `${containers}/immutabilityPolicies`)
    expect([policy?.condition, more]).toEqual(["[not(parameters('ledgerPolicyLocked'))]", []])
    expect(policy?.properties).toEqual({
      immutabilityPeriodSinceCreationInDays: "[parameters('ledgerRetentionDays')]",
      allowProtectedAppendWrites: false
    })
    const given = ofType(main.resources, roleAssignments).filter(({ module }) => module === 'recordsStore')
    expect(given.map(({ scope, properties }) => [scope, properties['roleDefinitionId']])).toEqual([
      [expect.stringContaining("'default', 'records'"), expect.stringContaining("'customer-key-records'")],
      [expect.stringContaining("'default', 'ledger'"), expect.stringContaining("'customer-key-store'")],
      [expect.stringContaining("'default', 'locks'"), expect.stringContaining("'customer-key-locks'")]
    ])
    expect(roles.store.dataActions.filter((action) => !/blobs\/(read|add\/action)$/.test(action))).toEqual([])
  })

  test('the command that locks the ledger’s policy is an output that names its subscription', () => {
    expect(readFileSync('infra/main.bicep', 'utf8')).toContain('output LEDGER_LOCK_COMMAND string')
    const [, command = ''] =
      /output ledgerLockCommand string = (.*)/.exec(readFileSync('infra/modules/records-store.bicep', 'utf8')) ?? []
    expect(
      command.match(/--subscription \$\{subscription\(\)\.subscriptionId\} --account-name \S+ --container-name ledger/g)
    ).toHaveLength(2)
  })

  test('dead letters have a container and an identity of their own, which may write nowhere else', () => {
    const made = ofType(slot.resources, 'Microsoft.ManagedIdentity/userAssignedIdentities')
    expect(made).toHaveLength(1)
    const given = ofType(slot.resources, roleAssignments).filter(({ properties }) =>
      /deadLetterIdentity/.test(String(properties['principalId']))
    )
    expect(given.map(({ scope }) => scope)).toEqual([expect.stringMatching(/containers'.*'dead-letters'/)])
  })

  test('an endpoint of their own closes a slot’s to the public network, as networking does', () => {
    expect(one('store', accounts)['publicNetworkAccess']).toBe(
      "[if(or(equals(parameters('networking'), 'vnet'), variables('private')), 'Disabled', 'Enabled')]"
    )
  })

  test('azd down can take neither a slot’s nor the records', () => {
    const kept = ofType(all, 'Microsoft.Authorization/locks').map(({ module, properties }) => [
      module,
      properties['level']
    ])
    expect(kept).toEqual([
      ['recordsStore', 'CanNotDelete'],
      ['store', 'CanNotDelete']
    ])
  })
})

describe.skipIf(bicep === undefined)('function app', () => {
  test('runs Node 24 on Flex Consumption, by HTTPS only, without passwords or keys', () => {
    expect(one('functionApp', 'Microsoft.Web/sites')).toMatchObject({
      httpsOnly: true,
      functionAppConfig: {
        runtime: { name: 'node', version: '24' },
        deployment: { storage: { authentication: { type: 'UserAssignedIdentity' } } }
      }
    })
    const publishing = ofType(all, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies')
    expect(publishing.map(({ properties }) => properties)).toEqual([{ allow: false }, { allow: false }])
    expect(one('mail', 'Microsoft.Communication/communicationServices')).toMatchObject({ disableLocalAuth: true })
    expect(one('monitoring', 'Microsoft.Insights/components')).toMatchObject({ DisableLocalAuth: true })
  })

  test('tells Azure Storage alone how many partitions there are and how long a queue is left alone, never the scheduler', () => {
    const of = 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__'
    const source = readFileSync('infra/main.bicep', 'utf8')
    expect(source).toContain(`${of}partitionCount: '4'\n`)
    expect(source).toContain(`${of}maxQueuePollingInterval: '00:00:10'\n`)
    expect(source).toContain('durableSettings: scheduler.?outputs.appSettings ?? storageSettings')
    for (const file of ['infra/modules/durable-task-scheduler.bicep', 'host.json'])
      expect(readFileSync(file, 'utf8')).not.toMatch(/partitionCount|maxQueuePollingInterval/)
  })

  // https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-azure-storage-provider#flex-consumption-plan
  test('keeps one instance warm for orchestrations, and one for requests where that is wanted', () => {
    const source = readFileSync('infra/main.bicep', 'utf8')
    expect(source).toContain('param alwaysReadyDurable int = 1')
    expect(readFileSync('infra/modules/function-app.bicep', 'utf8')).toContain(
      'var ready = { http: alwaysReady, durable: alwaysReadyDurable }'
    )
  })

  // Nothing but Recreate is for production: https://learn.microsoft.com/azure/azure-functions/flex-consumption-site-updates
  test('is recreated by a deployment, and nothing says that what runs is let finish', () => {
    expect(JSON.stringify(one('functionApp', 'Microsoft.Web/sites'))).not.toContain('siteUpdateStrategy')
    expect(readFileSync('docs/deploy.md', 'utf8')).not.toMatch(/graceful shutdown, so that/)
  })

  test('has people signed in by the platform before it sees a request, except on Event Grid’s webhook', () => {
    const signIn = ofType(all, 'Microsoft.Web/sites/config').find(({ name }) => name.includes('authsettingsV2'))
    expect(signIn?.properties).toMatchObject({
      platform: { enabled: true },
      globalValidation: { requireAuthentication: true, excludedPaths: ['/runtime/webhooks/EventGrid', '/api/health'] }
    })
  })

  test('is given all that it subscribes to events with but the key, which is made with it', () => {
    const source = readFileSync('infra/main.bicep', 'utf8')
    for (const at of [1, 2])
      expect(source).toContain(
        `CKEY_SLOT${at}_DEAD_LETTER_IDENTITY: deadLetterIdentityId(namePrefix, ${at}, slot${at}SubscriptionId)`
      )
    expect(source).not.toContain('CKEY_EVENT_ENDPOINT')
  })

  test('is told where people reach it, so that mails have links on every plan', () => {
    const settings = ofType(all, 'Microsoft.Web/sites/config').find(({ name }) => name.includes('appsettings'))
    expect(JSON.stringify(settings?.properties)).toMatch(
      /CKEY_APP_URL.*empty\(parameters\('appUrl'\)\).*defaultHostName/
    )
  })

  test('is given every setting there is: by the template, by azd’s environment, or by the script that knows it', () => {
    const [, byTemplate = ''] = /^ {4}settings: \{(.*?)^ {4}\}/ms.exec(readFileSync('infra/main.bicep', 'utf8')) ?? []
    const byModule = readFileSync('infra/modules/function-app.bicep', 'utf8')
    const { moreSettings } = parameters
    const given = [
      ...[...(byTemplate + byModule).matchAll(/^ +(CKEY_\w+|APPLICATIONINSIGHTS_CONNECTION_STRING): /gm)].map(
        ([, name]) => name
      ),
      ...Object.keys(moreSettings.value),
      'CKEY_EVENT_ENDPOINT' // infra/event-endpoint.sh, after each deployment and each provisioning
    ]
    expect(given.toSorted()).toEqual(settingNames.toSorted())
    for (const [name, value] of Object.entries(moreSettings.value)) expect(value).toBe(`\${${name}=}`)
  })

  test('takes every parameter of its template from azd’s environment', () => {
    const declared = [...readFileSync('infra/main.bicep', 'utf8').matchAll(/^param (\w+)/gm)].map(([, name]) => name)
    expect(declared.filter((name) => name !== 'tags' && !(String(name) in parameters))).toEqual([])
  })

  test('is given every setting it cannot start without', () => {
    const source = readFileSync('infra/main.bicep', 'utf8')
    const required = requiredSettings()
    expect(required.length).toBeGreaterThan(5)
    expect(required.filter((setting) => !new RegExp(`^ +${setting}: `, 'm').test(source))).toEqual([])
  })
})

function requiredSettings(): string[] {
  try {
    readConfig({})
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ setting }) => setting)
  }
  return []
}

describe.skipIf(bicep === undefined)('alerts of a slot', () => {
  const text = readFileSync('infra/modules/slot-alerts.bicep', 'utf8')
  const made = slot.resources.filter(({ module }) => module === 'alerts')

  /** Names of https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations, as read there. */
  const known = {
    'roles-changed': [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      'Microsoft.Authorization/roleDefinitions/write',
      'Microsoft.Authorization/roleDefinitions/delete',
      'Microsoft.Authorization/roleEligibilityScheduleRequests/write',
      'Microsoft.Authorization/roleAssignmentScheduleRequests/write'
    ],
    'vault-changed': [
      'Microsoft.KeyVault/vaults/write',
      'Microsoft.KeyVault/vaults/delete',
      'Microsoft.KeyVault/vaults/accessPolicies/write',
      'Microsoft.KeyVault/locations/deletedVaults/purge/action'
    ],
    'registration-withdrawn': [
      'Microsoft.Features/providers/features/unregister/action',
      'Microsoft.Features/featureProviders/subscriptionFeatureRegistrations/delete',
      'Microsoft.KeyVault/unregister/action'
    ],
    'watch-changed': [
      'Microsoft.Insights/diagnosticSettings/write',
      'Microsoft.Insights/diagnosticSettings/delete',
      'Microsoft.Insights/activityLogAlerts/write',
      'Microsoft.Insights/activityLogAlerts/delete',
      'Microsoft.Insights/actionGroups/write',
      'Microsoft.Insights/actionGroups/delete'
    ]
  }

  test('tell of changed roles and vaults, of a registration that is taken back, and of what is logged', () => {
    const found = [...text.matchAll(/name: '([a-z-]+)'\n.*\n {4}operations: \[([^\]]*)\]/g)].map(
      ([, name, operations]) => [name, [...String(operations).matchAll(/'(.*)'/g)].map(([, operation]) => operation)]
    )
    expect(Object.fromEntries(found)).toEqual(known)
  })

  test('are asked of the Activity Log of the slot’s whole subscription, once a change is done, for the slot’s own people', () => {
    expect(made.map(({ type }) => type).toSorted()).toEqual([
      'Microsoft.Insights/actionGroups',
      'Microsoft.Insights/activityLogAlerts'
    ])
    const [rule] = ofType(made, 'Microsoft.Insights/activityLogAlerts')
    expect(rule?.properties).toMatchObject({
      enabled: true,
      scopes: ['[subscription().id]'],
      condition: {
        allOf: [
          { field: 'category', equals: 'Administrative' },
          { anyOf: expect.stringMatching(/'field', 'operationName', 'equals', lambdaVariables\('operation'\)/) },
          { field: 'status', equals: 'Succeeded' }
        ]
      },
      actions: { actionGroups: [{ actionGroupId: expect.stringContaining("'Microsoft.Insights/actionGroups'") }] }
    })
  })

  test('are no foreign resources of the subscription (R12), and those of a rehearsal are these', () => {
    const seeded = seedFor({
      organization: { tenantId: 't', domain: 'b.c' },
      namePrefix: 'Contoso',
      subscriptions: [{ slot: 1, id: 'one', operators: ['a@b.c'] }]
    }).otherResources
    const store = seeded.find(({ type }) => type === 'Microsoft.Storage/storageAccounts')?.name ?? ''
    const none = { vaultNames: [], resourceGroups: [] }
    expect(foreignAmong(seeded, none, store)).toEqual([])
    const alerts = seeded.filter(({ type }) => type.endsWith('activitylogalerts')).map(({ name }) => name)
    expect(alerts).toEqual(Object.keys(known).map((name) => `alert-contoso-ck-slot1-${name}`))
    const elsewhere = seeded.map((each) =>
      each.type.startsWith('microsoft.insights') ? { ...each, id: each.id.replace('-store/', '/') } : each
    )
    expect(foreignAmong(elsewhere, none, store)).toHaveLength(5)
    expect(Object.keys(known)).toEqual(slotAlerts)
    expect([alertsMissing(seeded, store), alertsMissing(elsewhere, store)]).toEqual([[], slotAlerts])
  })
})
