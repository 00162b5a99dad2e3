import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import builtIn from '../../infra/built-in-roles.json' with { type: 'json' }
import { withFakeAz } from './fake-az.ts'

const script = 'infra/package-writer.sh'
const container =
  '/subscriptions/third/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c'
const env = { PACKAGE_CONTAINER_ID: container, DEPLOYMENT_PRINCIPAL_ID: 'identity' }

/** An Azure that keeps what was assigned; `stuck` keeps it whatever is asked. */
function assignments(stuck = false) {
  const az = withFakeAz(
    stuck
      ? (said) => (said[2] === 'list' ? 'assignment-1' : '')
      : (said, memory) => {
          if (said[2] === 'create') memory['held'] = 'assignment-1'
          if (said[2] === 'delete') memory['held'] = ''
          return said[2] === 'list' ? ((memory['held'] as string | undefined) ?? '') : ''
        }
  )
  const made = () => az.calls().filter(({ said }) => said[2] !== 'list')
  return { ...az, made }
}

test('the role that writes the package is given on its container to its identity, once, and taken away again', () => {
  const az = assignments()
  for (const what of ['give', 'give']) expect(az.run(script, [what], env).status).toBe(0)
  const [create, ...more] = az.made()
  expect(more).toEqual([])
  expect(create?.said.join(' ')).toContain(
    `role assignment create --subscription third --assignee-object-id identity --assignee-principal-type ServicePrincipal --role ${builtIn.packageWriter.id} --scope ${container}`
  )
  for (const what of ['take', 'take']) expect(az.run(script, [what], env).status).toBe(0)
  expect(az.made().map(({ said }) => said[2])).toEqual(['create', 'delete'])
})

test('a role that stays is no silent success', () => {
  const { status, stderr } = assignments(true).run(script, ['take'], env)
  expect([status, stderr]).toEqual([1, expect.stringContaining('may still write the package: assignment-1')])
})

const [account] = container.split('/blobServices')
const opened = (az: ReturnType<typeof assignments>) =>
  az.made().flatMap(({ said }) => (said[0] === 'storage' ? [said.slice(0, 7).join(' ')] : []))
const updated = `storage account update --ids ${account ?? ''} --public-network-access`

test('a store that is closed to the public network is opened for a deployment only where that is asked for, and closed after any', () => {
  const az = assignments()
  const vnet = { ...env, CKEY_NETWORKING: 'vnet' }
  az.run(script, ['give'], vnet)
  expect(opened(az)).toEqual([])
  az.run(script, ['take'], vnet)
  expect(opened(az)).toEqual([`${updated} Disabled`])
  az.run(script, ['give'], { ...vnet, CKEY_OPEN_PACKAGE_STORE: 'true' })
  az.run(script, ['take'], vnet)
  expect(opened(az)).toEqual([`${updated} Disabled`, `${updated} Enabled`, `${updated} Disabled`])
})

test('a public one is left as it is', () => {
  const az = assignments()
  for (const what of ['give', 'take']) az.run(script, [what], { ...env, CKEY_OPEN_PACKAGE_STORE: 'true' })
  expect(opened(az)).toEqual([])
})

test('without a word, or what it is about, it does nothing', () => {
  const az = assignments()
  expect(az.run(script, [], env)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('give before a deployment')
  })
  expect(az.run(script, ['give']).stderr).toContain('PACKAGE_CONTAINER_ID')
  expect(az.calls()).toEqual([])
})

test('azd gives it before each deployment, and takes it away after it', () => {
  const azure = readFileSync('azure.yaml', 'utf8')
  expect(azure).toMatch(/predeploy:.*\n.*infra\/package-writer\.sh give.*\n.*infra\/package-writer\.ps1 give/)
  expect(azure).toMatch(/postdeploy:.*\n.*infra\/package-writer\.sh take.*\n.*infra\/package-writer\.ps1 take/)
})
