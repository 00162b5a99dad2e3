import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { roles } from '../../src/domain/people/roles.ts'
import { withFakeAz } from './fake-az.ts'

const script = 'infra/consent/consent.sh'
const hasJq = spawnSync('sh', ['-c', 'command -v jq']).status === 0
if (!hasJq) process.stderr.write('SKIPPED: there is no jq on this machine, so infra/consent is not run.\n')

/** A tenant that remembers: an application once made is listed, a role once granted is held. */
function tenant() {
  const az = withFakeAz((said, memory) => {
    const option = (name: string): string => said[said.indexOf(name) + 1] ?? ''
    const list = (name: string): string[] => (memory[name] ??= []) as string[]
    const bare = { oauth2PermissionScopes: [], preAuthorizedApplications: [] }
    const answers: readonly (readonly [RegExp, () => string])[] = [
      [/^account show/, () => 'tenant-1'],
      [/^ad app list/, () => (list('apps').length === 0 ? '' : 'client-1')],
      [
        /^ad app create/,
        () => {
          list('apps').push(option('--display-name'))
          return 'client-1'
        }
      ],
      [/^ad sp list/, () => (list('sps').length === 0 ? '' : 'sp-1')],
      [
        /^ad sp create/,
        () => {
          list('sps').push(option('--id'))
          return '{}'
        }
      ],
      [/^ad sp show .*--query id /, () => 'graph-sp'],
      [/^ad sp show/, () => `id-of-${/value=='(.*)'/.exec(option('--query'))?.[1] ?? ''}`],
      [/^ad app show .*--query api /, () => JSON.stringify(memory['api'] ?? bare)],
      [
        /^rest --method patch/,
        () => {
          // As Graph does: a tool may be let in only to a scope that is there, and no enabled scope goes.
          interface Tool {
            delegatedPermissionIds: string[]
          }
          interface Api {
            oauth2PermissionScopes: { id: string }[]
            preAuthorizedApplications?: Tool[]
          }
          const before = (memory['api'] ?? { oauth2PermissionScopes: [] }) as Api
          const { api } = JSON.parse(option('--body')) as { api: Api }
          const ids = before.oauth2PermissionScopes.map(({ id }) => id)
          const gone = ids.some((id) => !api.oauth2PermissionScopes.some((scope) => scope.id === id))
          const wanted = api.preAuthorizedApplications?.flatMap((tool) => tool.delegatedPermissionIds)
          if (gone || wanted?.some((id) => !ids.includes(id))) process.exit(5)
          memory['api'] = api
          return ''
        }
      ],
      [
        /^rest --method post/,
        () => {
          list('granted').push((JSON.parse(option('--body')) as { appRoleId: string }).appRoleId)
          return '{}'
        }
      ],
      [/^rest/, () => list('granted').join('\n')],
      [
        /federated-credential create/,
        () => {
          list('trusted').push((JSON.parse(option('--parameters')) as { subject: string }).subject)
          return '{}'
        }
      ],
      [/federated-credential list/, () => list('trusted').join('\n')]
    ]
    return answers.find(([pattern]) => pattern.test(said.join(' ')))?.[1]() ?? ''
  })
  onTestFinished(() => {
    rmSync(az.folder, { recursive: true })
  })
  return az
}

const made = (az: ReturnType<typeof tenant>): string[] =>
  az
    .calls()
    .map(({ said }) => said.join(' '))
    .filter((call) => / create |--method post/.test(call))

describe.skipIf(!hasJq)('infra/consent', () => {
  test('at first makes the application people sign in with, and says how to go on', () => {
    const az = tenant()
    const { status, stdout, stderr } = az.run(script, ['contoso'])
    expect([status, stdout]).toEqual([0, 'CKEY_SIGN_IN_CLIENT_ID=client-1\n'])
    expect(stderr).toContain('azd env set CKEY_SIGN_IN_CLIENT_ID client-1')
    const [application = ''] = made(az)
    expect(application).toContain(
      'ad app create --display-name Customer Key onboarding (contoso) --sign-in-audience AzureADMyOrg'
    )
    expect(
      az
        .calls()
        .some(({ said }) => said.join(' ') === 'ad sp update --id client-1 --set appRoleAssignmentRequired=true')
    ).toBe(true)
  })

  test('gives the application the roles that the app asks for', () => {
    const az = tenant()
    az.run(script, ['contoso'])
    const update = az.calls().find(({ said }) => said.includes('--app-roles'))?.said ?? []
    const given = JSON.parse(update[update.indexOf('--app-roles') + 1] ?? '[]') as {
      value: string
      isEnabled: boolean
      allowedMemberTypes: string[]
    }[]
    expect(given.map(({ value }) => value)).toEqual([...roles])
    expect(given.every(({ isEnabled, allowedMemberTypes }) => isEnabled && allowedMemberTypes.join() === 'User')).toBe(
      true
    )
  })

  test('lets people act through the Azure tools: a scope first, then who may ask for it, both as they were at a second run', () => {
    const az = tenant()
    const apis = () =>
      az
        .calls()
        .filter(({ said }) => said.join(' ').startsWith('rest --method patch'))
        .map(({ said }) => (JSON.parse(said[said.indexOf('--body') + 1] ?? '') as { api: Record<string, unknown> }).api)
    expect(az.run(script, ['contoso']).status).toBe(0)
    const [first, second] = apis()
    expect(first).toMatchObject({
      requestedAccessTokenVersion: 2,
      preAuthorizedApplications: [],
      oauth2PermissionScopes: [
        { id: '2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a04', value: 'user_impersonation', isEnabled: true, type: 'Admin' }
      ]
    })
    const delegatedPermissionIds = ['2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a04']
    expect(second).toEqual({
      ...first,
      preAuthorizedApplications: [
        { appId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', delegatedPermissionIds },
        { appId: '1950a258-227b-4e31-a9cf-717495945fc2', delegatedPermissionIds }
      ]
    })
    expect(az.run(script, ['contoso']).status).toBe(0)
    expect(apis().slice(2)).toEqual([second, second])
  })

  test('keeps the id of a scope that somebody made before, and whatever else was let in', () => {
    const az = tenant()
    const scope = { id: 'made-by-hand', value: 'user_impersonation', isEnabled: false }
    const other = { appId: 'other', delegatedPermissionIds: ['made-by-hand'] }
    writeFileSync(
      join(az.folder, 'memory.json'),
      JSON.stringify({ api: { oauth2PermissionScopes: [scope], preAuthorizedApplications: [other] } })
    )
    expect(az.run(script, ['contoso']).status).toBe(0)
    const { api } = JSON.parse(readFileSync(join(az.folder, 'memory.json'), 'utf8')) as {
      api: Record<string, unknown[]>
    }
    expect(api['oauth2PermissionScopes']).toEqual([{ ...scope, isEnabled: true }])
    expect(api['preAuthorizedApplications']).toEqual([
      other,
      ...['04b07795-8ddb-461a-bbee-02f9e1bf7b46', '1950a258-227b-4e31-a9cf-717495945fc2'].map((appId) => ({
        appId,
        delegatedPermissionIds: ['made-by-hand']
      }))
    ])
  })

  test('then trusts the app’s identity and grants what it reads in Graph, only reading', () => {
    const az = tenant()
    const { status, stdout } = az.run(script, ['contoso', 'principal-1', 'https://func-contoso-ck.azurewebsites.net'])
    expect(status).toBe(0)
    expect(stdout.match(/granted (\S+)/g)).toEqual([
      'granted Organization.Read.All',
      'granted Application.Read.All',
      'granted User.Read.All',
      'granted GroupMember.Read.All'
    ])
    const calls = az.calls().map(({ said }) => said.join(' '))
    expect(
      calls.some((call) =>
        call.includes('--web-redirect-uris https://func-contoso-ck.azurewebsites.net/.auth/login/aad/callback')
      )
    ).toBe(true)
    const trust =
      az.calls().find(({ said }) => said.includes('federated-credential') && said.includes('create'))?.said ?? []
    expect(JSON.parse(trust.at(-1) ?? '{}')).toEqual({
      name: 'app-identity',
      subject: 'principal-1',
      issuer: 'https://login.microsoftonline.com/tenant-1/v2.0',
      audiences: ['api://AzureADTokenExchange']
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
    onTestFinished(() => {
      rmSync(az.folder, { recursive: true })
    })
    expect(az.run(script, ['contoso']).status).not.toBe(0)
    expect(az.calls().some(({ said }) => said.includes('--app-roles'))).toBe(false)
    expect(az.run(script, []).stderr).toContain('namePrefix')
  })
})
