import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { roles } from '../../src/domain/people/roles.ts'
import { withFakeAz } from './fake-az.ts'
import { fakeEntra, me, type FakeApplication } from './fake-entra.ts'

const script = 'infra/consent/consent.sh'
const hasJq = spawnSync('sh', ['-c', 'command -v jq']).status === 0
if (!hasJq) process.stderr.write('SKIPPED: there is no jq on this machine, so infra/consent is not run.\n')

const name = 'Customer Key onboarding (contoso)'
const uniqueName = 'customer-key-onboarding-contoso'
const url = 'https://func-contoso-ck.azurewebsites.net'
const issuer = 'https://login.microsoftonline.com/tenant-1/v2.0'
const all = (principal = 'principal-1') => ['contoso', principal, url]
const trust = (subject: string) => ({
  name: 'app-identity',
  subject,
  issuer,
  audiences: ['api://AzureADTokenExchange']
})
const mallory = { id: 'mallory', userPrincipalName: 'mallory@contoso.com' }

const ours: FakeApplication = {
  id: 'o',
  appId: 'ours',
  displayName: name,
  uniqueName,
  federated: [trust('principal-1')]
}
const theirs: FakeApplication = { id: 't', appId: 'theirs', displayName: name, owners: [mallory] }

describe.skipIf(!hasJq)('infra/consent', () => {
  test('at first makes the application people sign in with, and says how to go on', () => {
    const az = fakeEntra()
    const { status, stdout, stderr } = az.run(script, ['contoso'])
    expect([status, stdout]).toEqual([0, 'CKEY_SIGN_IN_CLIENT_ID=client-1\n'])
    expect(stderr).toContain('azd env set CKEY_SIGN_IN_CLIENT_ID client-1')
    const { applications, principals } = az.directory()
    expect(applications).toEqual([
      expect.objectContaining({ displayName: name, uniqueName, signInAudience: 'AzureADMyOrg' })
    ])
    expect(principals).toEqual([{ appId: 'client-1', appRoleAssignmentRequired: true }])
  })

  test('gives the application the roles that the app asks for', () => {
    const az = fakeEntra()
    az.run(script, ['contoso'])
    const [application] = az.directory().applications as unknown as [
      { appRoles: { value: string; isEnabled: boolean; allowedMemberTypes: string[] }[] }
    ]
    expect(application.appRoles.map(({ value }) => value)).toEqual([...roles])
    expect(
      application.appRoles.every(
        ({ isEnabled, allowedMemberTypes }) => isEnabled && allowedMemberTypes.join() === 'User'
      )
    ).toBe(true)
  })

  test('lets people act through the Azure tools: a scope first, then who may ask for it, both as they were at a second run', () => {
    const az = fakeEntra()
    expect(az.run(script, ['contoso']).status).toBe(0)
    const delegatedPermissionIds = ['2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a04']
    const api = () => az.directory().applications[0]?.api
    const first = api()
    expect(first).toMatchObject({
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: [
        { id: delegatedPermissionIds[0], value: 'user_impersonation', isEnabled: true, type: 'Admin' }
      ],
      preAuthorizedApplications: [
        { appId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', delegatedPermissionIds },
        { appId: '1950a258-227b-4e31-a9cf-717495945fc2', delegatedPermissionIds }
      ]
    })
    expect(az.run(script, ['contoso']).status).toBe(0)
    expect(api()).toEqual(first)
  })

  test('keeps the id of a scope that somebody made before, and whatever else was let in', () => {
    const scope = { id: 'made-by-hand', value: 'user_impersonation', isEnabled: false }
    const other = { appId: 'other', delegatedPermissionIds: ['made-by-hand'] }
    const api = { oauth2PermissionScopes: [scope], preAuthorizedApplications: [other] }
    const az = fakeEntra({ applications: [{ ...ours, api }] })
    expect(az.run(script, ['contoso']).status).toBe(0)
    expect(az.directory().applications[0]?.api).toMatchObject({
      oauth2PermissionScopes: [{ ...scope, isEnabled: true }],
      preAuthorizedApplications: [
        other,
        ...['04b07795-8ddb-461a-bbee-02f9e1bf7b46', '1950a258-227b-4e31-a9cf-717495945fc2'].map((appId) => ({
          appId,
          delegatedPermissionIds: ['made-by-hand']
        }))
      ]
    })
  })

  test('then trusts the app’s identity and grants what it reads in Graph, only reading', () => {
    const az = fakeEntra()
    const { status, stdout } = az.run(script, all())
    expect(status).toBe(0)
    expect(stdout.match(/granted (\S+)/g)).toEqual([
      'granted Organization.Read.All',
      'granted Application.Read.All',
      'granted User.Read.All',
      'granted GroupMember.Read.All',
      'granted PrivilegedEligibilitySchedule.Read.AzureADGroup'
    ])
    expect(az.directory().applications).toEqual([
      expect.objectContaining({ redirect: `${url}/.auth/login/aad/callback`, federated: [trust('principal-1')] })
    ])
    expect(az.changes().filter((call) => /secret|password/i.test(call))).toEqual([])
  })

  test('can be run again: what is there is neither made nor granted twice', () => {
    const az = fakeEntra()
    az.run(script, all())
    const before = az.directory()
    const { status, stdout } = az.run(script, all())
    expect(status).toBe(0)
    expect(stdout.match(/has \S+/g)).toHaveLength(5)
    expect(az.directory()).toEqual(before)
  })

  test('can be run again once the app was built anew: its new identity is trusted in the place of the old one', () => {
    const az = fakeEntra()
    az.run(script, all('principal-1'))
    const { status, stdout } = az.run(script, all('principal-2'))
    expect([status, stdout]).toEqual([0, expect.stringContaining('trusts principal-2 in the place of principal-1')])
    expect(az.directory().applications).toEqual([expect.objectContaining({ federated: [trust('principal-2')] })])
  })

  test('stops where Azure refuses, and says what it lacks where it is given nothing', () => {
    const az = withFakeAz((said) => {
      if (said.includes('patch')) process.exit(3)
      if (said[0] === 'rest') {
        process.stderr.write('Request_ResourceNotFound')
        process.exit(1)
      }
      return said[0] === 'account' ? 'tenant-1' : '[]'
    })
    expect(az.run(script, ['contoso']).status).not.toBe(0)
    expect(az.calls().some(({ said }) => said.includes('--app-roles'))).toBe(false)
    expect(az.run(script, []).stderr).toContain('namePrefix')
  })

  test('takes a failure to look for none of the two: it makes nothing', () => {
    const az = withFakeAz((said) => {
      if (said[0] === 'rest') process.exit(1)
      return said[0] === 'account' ? 'tenant-1' : '[]'
    })
    expect(az.run(script, ['contoso']).status).not.toBe(0)
    expect(az.calls().filter(({ said }) => said.includes('patch'))).toEqual([])
  })
})

interface State {
  readonly applications: readonly FakeApplication[]
  readonly told?: string
  /** Whose application it goes on with; undefined: it stops. */
  readonly goesOn?: string
  /** What it says of it. */
  readonly says?: string
}

/** What may be there, by who wrote it. */
const states: Readonly<Record<string, State>> = {
  none: { applications: [], goesOn: 'client-1' },
  'one whose name only begins so': { applications: [{ ...theirs, displayName: `${name} 2` }], goesOn: 'client-2' },
  ours: { applications: [ours], goesOn: 'ours' },
  'ours, renamed': { applications: [{ ...ours, displayName: 'Customer Key' }], goesOn: 'ours' },
  'ours, owned by whoever runs it': { applications: [{ ...ours, owners: [me] }], goesOn: 'ours' },
  'somebody else’s of the same name': { applications: [theirs], says: 'theirs' },
  'somebody else’s first, then ours': { applications: [theirs, ours], goesOn: 'ours', says: 'none of ours: theirs' },
  'ours first, then somebody else’s': { applications: [ours, theirs], goesOn: 'ours', says: 'none of ours: theirs' },
  'two of somebody else': { applications: [theirs, { ...theirs, id: 'u', appId: 'theirs-2' }], says: 'theirs-2' },
  'somebody else’s with our unique name': {
    applications: [{ ...theirs, uniqueName }],
    says: 'mallory@contoso.com'
  },
  'one with our unique name and a secret': {
    applications: [{ ...ours, passwordCredentials: [{ displayName: 'for later' }] }],
    says: 'for later'
  },
  'one with our unique name and a certificate': {
    applications: [{ ...ours, keyCredentials: [{ displayName: 'for later' }] }],
    says: 'for later'
  },
  'one with our unique name that trusts another tenant': {
    applications: [{ ...ours, federated: [{ ...trust('x'), issuer: 'https://login.microsoftonline.com/other/v2.0' }] }],
    says: 'app-identity'
  },
  'one with our unique name that trusts somebody more': {
    applications: [{ ...ours, federated: [trust('principal-1'), { ...trust('x'), name: 'pipeline' }] }],
    says: 'pipeline'
  },
  'one of an earlier release, unsaid': { applications: [{ ...theirs, owners: [] }], says: 'CKEY_SIGN_IN_CLIENT_ID' },
  'one of an earlier release, said': { applications: [{ ...theirs, owners: [] }], told: 'theirs', goesOn: 'theirs' },
  'somebody else’s, said': { applications: [theirs], told: 'theirs', says: 'mallory@contoso.com' },
  'another deployment’s, said': {
    applications: [{ ...ours, uniqueName: 'customer-key-onboarding-fabrikam' }],
    told: 'ours',
    says: 'another deployment'
  },
  'one that is not there, said': { applications: [ours], told: 'gone', says: 'gone' },
  'ours, and another said': { applications: [ours, { ...theirs, owners: [] }], told: 'theirs', says: 'ours has' }
}

test.skipIf(!hasJq).each(Object.entries(states))(
  'a directory that has %s leads to ours alone, or stops and changes nothing',
  (_, { applications, told, goesOn, says }) => {
    const az = fakeEntra({ applications })
    const { status, stdout, stderr } = az.run(
      script,
      ['contoso'],
      told === undefined ? {} : { CKEY_SIGN_IN_CLIENT_ID: told }
    )
    if (says !== undefined) expect(stderr).toContain(says)
    if (goesOn === undefined) {
      expect([status, az.changes()]).toEqual([1, []])
    } else {
      expect([status, stdout]).toEqual([0, `CKEY_SIGN_IN_CLIENT_ID=${goesOn}\n`])
      const changed = az.directory().applications.filter((each) => !applications.some((one) => same(one, each)))
      expect(changed.map(({ appId }) => appId)).toEqual([goesOn])
    }
  }
)

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

test.skipIf(!hasJq)(
  'an owner or a secret of the service principal stops it as well: that one gives people roles',
  () => {
    for (const more of [{ owners: [mallory] }, { passwordCredentials: [{ displayName: 'for later' }] }]) {
      const az = fakeEntra({ applications: [ours], principals: [{ appId: 'ours', ...more }] })
      expect(az.run(script, all()).status).toBe(1)
      expect(az.changes()).toEqual([])
    }
  }
)
