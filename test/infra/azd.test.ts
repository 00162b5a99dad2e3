import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bicep, compiled } from './template.ts'

const main = compiled('main.bicep')
const described = readFileSync('azure.yaml', 'utf8')
const group = 'Microsoft.Resources/resourceGroups'

/**
 * azd's rule of `GetResourceGroupName`: what azure.yaml names, or else the variable AZURE_RESOURCE_GROUP, which an output of
 * that name sets, or else the one group with the tag azd-env-name; two are an error (its test `twoTaggedResourceGroups`).
 * https://github.com/Azure/azure-dev/blob/main/cli/azd/pkg/project/resource_manager.go
 * https://github.com/Azure/azure-dev/blob/main/cli/azd/pkg/infra/azure_resource_manager.go
 */
describe.skipIf(bicep === undefined)('azd', () => {
  const tagged = (type: string, tag: string) =>
    main.resources.filter((each) => each.type === type && JSON.stringify(each.tags ?? '').includes(tag))

  test('finds the group of the service by the output of its name', () => {
    expect(described).not.toMatch(/^ *resourceGroup:/m)
    expect(main.outputs['AZURE_RESOURCE_GROUP']?.value).toBe(tagged(group, "partTag('app')")[0]?.name)
  })

  test('finds it by its tag too, since no other group has one', () => {
    expect(tagged(group, 'azd-env-name')).toHaveLength(1)
    expect(tagged(group, "partTag('app')")).toEqual(tagged(group, 'azd-env-name'))
    expect(main.resources.filter(({ type }) => type === group)).toHaveLength(2)
  })

  test('finds one service there: no other site has the tag of its name', () => {
    const [, service = ''] = /^services:\n {2}(\w+):$/m.exec(described) ?? []
    const sites = main.resources.filter(({ type }) => type === 'Microsoft.Web/sites')
    expect(sites).toHaveLength(1)
    expect(readFileSync('infra/main.bicep', 'utf8').match(/'azd-service-name': '(\w+)'/g)).toEqual([
      `'azd-service-name': '${service}'`
    ])
  })
})

/**
 * `azd deploy` packs inside its own run, after predeploy and without any hook of package:
 * https://github.com/Azure/azure-dev/blob/main/cli/azd/internal/cmd/deploy.go
 */
test('what azd deploys is built from the sources just before, whichever of its commands packs it', () => {
  for (const hook of ['prepackage', 'predeploy']) {
    const [, posix = '', windows = ''] =
      new RegExp(`^ {2}${hook}:.*\\n +posix: (.*)\\n +windows: (.*)$`, 'm').exec(described) ?? []
    // One after the other only while all goes well: `;` of PowerShell would go on with what was built before.
    // What pwsh runs from a file ends well unless it says otherwise.
    expect(posix).toMatch(/run: npm ci && npm run build( && .*)? \}$/)
    expect(windows).toMatch(/run: npm ci && npm run build( && .*)?; exit \$LASTEXITCODE \}$/)
  }
})

test('what provisioning takes away is set again by it, and by a deployment', () => {
  expect(described).toMatch(/^ {2}postprovision:.*\n.*event-endpoint\.sh --if-started/m)
  expect(described).toMatch(/^ {2}postdeploy:.*\n.*event-endpoint\.sh/m)
})
