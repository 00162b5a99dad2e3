import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import builtIn from '../../infra/built-in-roles.json' with { type: 'json' }
import roles from '../../infra/roles.json' with { type: 'json' }
import { bicep, compiled, type TemplateResource } from './template.ts'

const main = compiled('main.bicep')
const slot = compiled('slot.bicep')

const given = ({ resources }: typeof main): TemplateResource[] =>
  resources.filter(({ type }) => type === 'Microsoft.Authorization/roleAssignments')

/** What a role assignment gives: a row of `built-in-roles.json`, or else `own`. */
function roleOf({ properties }: TemplateResource): string {
  const role = String(properties['roleDefinitionId'])
  const [, named] = /\)\.(\w+)\.id/.exec(role) ?? []
  if (named !== undefined) return named
  return /variables\('(\w+)'\)/.exec(role)?.[1] ?? 'own'
}

/** To whom a module of main.bicep gives its roles. */
function receiverOf(module: string): string {
  const [, body = ''] = new RegExp(`module ${module} .*?params: \\{(.*?)\\n  \\}`, 's').exec(source) ?? []
  return /principalId: identities\.outputs\.(\w+)\.principalId/.exec(body)?.[1] ?? 'nobody'
}

const source = readFileSync('infra/main.bicep', 'utf8')

describe.skipIf(bicep === undefined)('what the app’s template gives', () => {
  test('goes to `app` on hub, ledger, records, mail, telemetry and scheduler, and to `deployment` on the package alone', () => {
    const table = given(main).map((each) => [each.module, receiverOf(each.module), roleOf(each)].join(' '))
    expect(table.toSorted()).toEqual([
      'deploymentStore deployment reader',
      'hostStore app hubBlobs',
      'hostStore app hubQueues',
      'hostStore app hubTables',
      'mail app own',
      'monitoring app metricsPublisher',
      'recordsStore app own',
      'recordsStore app own',
      'recordsStore app own',
      'scheduler app dataContributor'
    ])
    for (const { properties, scope, module } of given(main)) {
      expect(properties['principalId'], module).toBe("[parameters('principalId')]")
      expect(scope, module).toMatch(/\S/)
    }
  })

  test('lets nobody write the package or own blobs: the first is given for a deployment, the second never', () => {
    const files = ['main', 'modules/host-store', 'modules/deployment-store', 'modules/package-alerts'].map((file) =>
      readFileSync(`infra/${file}.bicep`, 'utf8')
    )
    for (const text of files) expect(text).not.toMatch(/packageWriter|b7e6dc6d-f1e8-4753-8033-0f276bb0955b/)
    const [reader] = given(main).filter(({ module }) => module === 'deploymentStore')
    expect(reader?.scope).toMatch(/containers', .*'app-package'/)
    expect(readFileSync('infra/modules/deployment-store.bicep', 'utf8')).toContain("').packageReader.id")
  })

  test('keeps the package where `app` may nothing: in an account of its own, fetched by an identity of its own', () => {
    const site = main.resources.find(({ type }) => type === 'Microsoft.Web/sites')
    expect(site?.properties).toMatchObject({
      functionAppConfig: {
        deployment: {
          storage: {
            value: "[parameters('packageContainerUrl')]",
            authentication: { userAssignedIdentityResourceId: "[parameters('deploymentIdentityId')]" }
          }
        }
      }
    })
    expect(source).toContain('packageContainerUrl: deploymentStore.outputs.packageContainerUrl')
    expect(source).toContain('deploymentIdentityId: identities.outputs.deployment.id')
    const containers = main.resources.filter(({ type }) => type.endsWith('blobServices/containers'))
    expect(containers.filter(({ module }) => module === 'hostStore')).toEqual([])
    expect(containers.filter(({ module }) => module === 'deploymentStore')).toHaveLength(1)
  })
})

test('every role of Azure’s own that a template gives is in the table with scope and reason, and every row is given', () => {
  const files = ['slot', ...modules()].map((name) => readFileSync(`infra/${name}.bicep`, 'utf8')).join('\n')
  for (const [kind, { id, scope, reason, to }] of Object.entries(builtIn)) {
    expect(
      [scope, reason, to].every((each) => each.length > 2),
      kind
    ).toBe(true)
    expect(files.includes(`.${kind}.id`), kind).toBe(kind !== 'packageWriter')
    // Its number stands in the table alone.
    expect(files, kind).not.toContain(`'${id}'`)
  }
  expect(Object.values(roles).filter(({ scope }) => scope.length < 10)).toEqual([])
})

test.skipIf(bicep === undefined)('a slot’s template gives what the two tables name and nothing else', () => {
  const kinds = new Set(given(slot).map(roleOf))
  expect([...kinds].toSorted()).toEqual(['blobDataContributor', 'blobDataReader', 'own'])
})

function modules(): string[] {
  return [...source.matchAll(/'(modules\/[\w-]+)\.bicep'/g)].map(([, name = '']) => name).concat('modules/slot-store')
}

describe.skipIf(bicep === undefined)('who writes the package is seen', () => {
  const alerts = main.resources.filter(({ module }) => module === 'packageAlerts')

  test('each write and each try is logged in a workspace, since the Activity Log has none of them', () => {
    const [log] = main.resources.filter(({ type }) => type === 'Microsoft.Insights/diagnosticSettings')
    expect(log?.scope).toMatch(/blobServices/)
    expect(log?.properties['logs']).toEqual([
      { category: 'StorageWrite', enabled: true },
      { category: 'StorageDelete', enabled: true }
    ])
    const text = readFileSync('infra/modules/package-alerts.bicep', 'utf8')
    expect(text).toMatch(/RequesterObjectId == "\$\{principalId\}"/)
    expect(text).toMatch(/RequesterObjectId != "\$\{principalId\}"/)
    expect(alerts.map(({ type }) => type).toSorted()).toEqual([
      'Microsoft.Insights/activityLogAlerts',
      'Microsoft.Insights/scheduledQueryRules'
    ])
  })

  test('and what makes a write possible, or unseen, is told from the Activity Log', () => {
    const text = readFileSync('infra/modules/package-alerts.bicep', 'utf8')
    expect([...text.matchAll(/operation: '(.*)'/g)].map(([, operation]) => operation)).toEqual([
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Web/sites/write',
      'Microsoft.Insights/diagnosticSettings/write',
      'Microsoft.Insights/diagnosticSettings/delete'
    ])
  })
})
