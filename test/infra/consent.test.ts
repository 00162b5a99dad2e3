import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { roles } from '../../src/domain/roles.ts'
import { withFakeAz } from './fake-az.ts'

const script = 'infra/consent/consent.sh'
const hasJq = spawnSync('sh', ['-c', 'command -v jq']).status === 0
if (!hasJq) process.stderr.write('SKIPPED: there is no jq on this machine, so infra/consent is not run.\n')

/** A tenant that remembers: an application once made is listed, a role once granted is held. */
function tenant() {
  const az = withFakeAz((said, memory) => {
    const option = (name: string): string => said[said.indexOf(name) + 1] ?? ''
    const list = (name: string): string[] => (memory[name] ??= []) as string[]
    const answers: readonly (readonly [RegExp, () => string])[] = [
      [/^account show/, () => 'tenant-1'],
      [/^ad app list/, () => (list('apps').length === 0 ? '' : 'client-1')],
      [/^ad app create/, () => { list('apps').push(option('--display-name')); return 'client-1' }],
      [/^ad sp list/, () => (list('sps').length === 0 ? '' : 'sp-1')],
      [/^ad sp create/, () => { list('sps').push(option('--id')); return '{}' }],
      [/^ad sp show .*--query id /, () => 'graph-sp'],
      [/^ad sp show/, () => `id-of-${/value=='(.*)'/.exec(option('--query'))?.[1] ?? ''}`],
      [/^rest --method post/, () => { list('granted').push((JSON.parse(option('--body')) as { appRoleId: string }).appRoleId); return '{}' }],
      [/^rest/, () => list('granted').join('\n')],
      [/federated-credential create/, () => { list('trusted').push((JSON.parse(option('--parameters')) as { subject: string }).subject); return '{}' }],
      [/federated-credential list/, () => list('trusted').join('\n')]
    ]
    return answers.find(([pattern]) => pattern.test(said.join(' ')))?.[1]() ?? ''
  })
  onTestFinished(() => { rmSync(az.folder, { recursive: true }) })
  return az
}

const made = (az: ReturnType<typeof tenant>): string[] => az.calls().map(({ said }) => said.join(' '))
  .filter((call) => / create |--method post/.test(call))

describe.skipIf(!hasJq)('infra/consent', () => {
  test('at first makes the application people sign in with, and says how to go on', () => {
    const az = tenant()
    const { status, stdout, stderr } = az.run(script, ['contoso'])
    expect([status, stdout]).toEqual([0, 'CKEY_SIGN_IN_CLIENT_ID=client-1\n'])
    expect(stderr).toContain('azd env set CKEY_SIGN_IN_CLIENT_ID client-1')
    const [application = ''] = made(az)
    expect(application).toContain('ad app create --display-name Customer Key onboarding (contoso) --sign-in-audience AzureADMyOrg')
    expect(az.calls().some(({ said }) => said.join(' ') === 'ad sp update --id client-1 --set appRoleAssignmentRequired=true')).toBe(true)
  })

  test('gives the application the roles that the app asks for', () => {
    const az = tenant()
    az.run(script, ['contoso'])
    const update = az.calls().find(({ said }) => said.includes('--app-roles'))?.said ?? []
    const given = JSON.parse(update[update.indexOf('--app-roles') + 1] ?? '[]') as { value: string, isEnabled: boolean, allowedMemberTypes: string[] }[]
    expect(given.map(({ value }) => value)).toEqual([...roles])
    expect(given.every(({ isEnabled, allowedMemberTypes }) => isEnabled && allowedMemberTypes.join() === 'User')).toBe(true)
  })

  test('then trusts the app’s identity and grants what it reads in Graph, only reading', () => {
    const az = tenant()
    const { status, stdout } = az.run(script, ['contoso', 'principal-1', 'https://func-contoso-ck.azurewebsites.net'])
    expect(status).toBe(0)
    expect(stdout.match(/granted (\S+)/g)).toEqual(
      ['granted Organization.Read.All', 'granted Application.Read.All', 'granted User.Read.All', 'granted GroupMember.Read.All'])
    const calls = az.calls().map(({ said }) => said.join(' '))
    expect(calls.some((call) => call.includes('--web-redirect-uris https://func-contoso-ck.azurewebsites.net/.auth/login/aad/callback'))).toBe(true)
    const trust = az.calls().find(({ said }) => said.includes('federated-credential') && said.includes('create'))?.said ?? []
    expect(JSON.parse(trust.at(-1) ?? '{}')).toEqual({
      name: 'app-identity', subject: 'principal-1', issuer: 'https://login.microsoftonline.com/tenant-1/v2.0', audiences: ['api://AzureADTokenExchange']
    })
    expect(calls.filter((call) => /secret|password/i.test(call))).toEqual([])
  })

  test('can be run again: what is there is neither made nor granted twice', () => {
    const az = tenant()
    const all = ['contoso', 'principal-1', 'https://func-contoso-ck.azurewebsites.net']
    az.run(script, all)
    const before = made(az)
    const { status, stdout } = az.run(script, all)
    expect(status).toBe(0)
    expect(stdout.match(/has \S+/g)).toHaveLength(4)
    expect(made(az)).toEqual(before)
  })

  test('stops where Azure refuses, and says what it lacks where it is given nothing', () => {
    const az = withFakeAz((said) => {
      if (said[1] === 'app' && said[2] === 'create') process.exit(3)
      return said[0] === 'account' ? 'tenant-1' : ''
    })
    onTestFinished(() => { rmSync(az.folder, { recursive: true }) })
    expect(az.run(script, ['contoso']).status).not.toBe(0)
    expect(az.calls().some(({ said }) => said.includes('--app-roles'))).toBe(false)
    expect(az.run(script, []).stderr).toContain('namePrefix')
  })
})
