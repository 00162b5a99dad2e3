import { withFakeAz } from './fake-az.ts'

export interface Credential {
  readonly name: string
  readonly subject: string
  readonly issuer: string
  readonly audiences: readonly string[]
}

export interface FakeApplication {
  readonly id: string
  readonly appId: string
  readonly displayName: string
  readonly uniqueName?: string
  readonly createdDateTime?: string
  readonly owners?: readonly { readonly id: string; readonly userPrincipalName: string }[]
  readonly passwordCredentials?: readonly { readonly displayName: string }[]
  readonly keyCredentials?: readonly { readonly displayName: string }[]
  readonly federated?: readonly Credential[]
  readonly api?: unknown
}

interface Principal extends Pick<FakeApplication, 'appId' | 'owners' | 'passwordCredentials'> {
  readonly appRoleAssignmentRequired?: boolean
}

/** What a directory holds before and after the script. */
export interface Directory {
  readonly applications: readonly FakeApplication[]
  readonly principals: readonly Principal[]
  readonly granted: readonly string[]
}

export const me = { id: 'me', userPrincipalName: 'admin@contoso.com' }

/** A directory that remembers, and answers to nothing that the script has no need to ask: anything else ends it with 64. */
export function fakeEntra(before: Partial<Directory> = {}) {
  const az = withFakeAz(answers, { applications: [], principals: [], granted: [], ...before })
  return {
    ...az,
    directory: (): Directory => az.memory() as unknown as Directory,
    /** What changes anything, by its first words. */
    changes: (): string[] =>
      az
        .calls()
        .map(({ said }) => said.join(' '))
        .filter((call) => / (create|update|delete|remove|add) |--method (patch|post|delete)/.test(call))
  }
}

// Runs in a process of its own, so it holds all that it needs.
function answers(said: readonly string[], memory: Record<string, unknown>): string {
  type Application = Record<string, unknown> & { appId: string; federated?: { name: string; subject: string }[] }
  const applications = memory['applications'] as Application[]
  const principals = memory['principals'] as Record<string, unknown>[]
  const granted = memory['granted'] as string[]
  const option = (name: string): string => (said.includes(name) ? (said[said.indexOf(name) + 1] ?? '') : '')
  const fail = (code: number, error: string): never => {
    process.stderr.write(`ERROR: ${error}\n`)
    process.exit(code)
  }
  const byId = (id: string): Application =>
    applications.find((each) => each.appId === id || each['id'] === id) ??
    fail(3, `Not Found({"error":{"code":"Request_ResourceNotFound","message":"Resource '${id}' does not exist"}})`)
  const json = (value: unknown): string => JSON.stringify(value)
  const call = said.join(' ')
  const make = (application: Record<string, unknown>): Application => {
    const number = `${applications.length + 1}`
    const made = {
      id: `object-${number}`,
      appId: `client-${number}`,
      createdDateTime: '2026-01-01T00:00:00Z',
      ...application
    }
    applications.push(made)
    return made
  }
  const table: readonly (readonly [RegExp, (match: readonly string[]) => string])[] = [
    [/^account show --query tenantId/, () => 'tenant-1'],
    [/^ad signed-in-user show/, () => 'me'],
    [
      /^ad app list --display-name (.*) --output json$/,
      ([, name = '']) =>
        // As Azure does: by how the name begins.
        json(applications.filter(({ displayName }) => String(displayName).startsWith(name)))
    ],
    [
      /^rest --method get --url \S+\/applications\((uniqueName|appId)='([^']+)'\)\?\$select=/,
      ([, key = '', value]) =>
        json(
          applications.find((each) => each[key] === value) ??
            fail(
              1,
              `Not Found({"error":{"code":"Request_ResourceNotFound","message":"Resource '${value}' does not exist"}})`
            )
        )
    ],
    [
      /^rest --method patch --url \S+\/applications\(uniqueName='([^']+)'\) /,
      ([, uniqueName]) => {
        if (!call.includes('Prefer=create-if-missing')) fail(1, 'Not Found')
        const content = JSON.parse(option('--body')) as Record<string, unknown>
        const there = applications.find((each) => each['uniqueName'] === uniqueName)
        if (there === undefined) return json(make({ uniqueName, ...content }))
        Object.assign(there, content)
        return ''
      }
    ],
    [
      /^rest --method patch --url \S+\/applications\(appId='([^']+)'\) /,
      ([, appId = '']) => {
        // As Graph does: a tool may be let in only to a scope that is there, and no enabled scope goes.
        interface Api {
          oauth2PermissionScopes: { id: string }[]
          preAuthorizedApplications?: { delegatedPermissionIds: string[] }[]
        }
        const application = byId(appId)
        const earlier = (application['api'] ?? { oauth2PermissionScopes: [] }) as Api
        const { api } = JSON.parse(option('--body')) as { api: Api }
        const ids = earlier.oauth2PermissionScopes.map(({ id }) => id)
        if (ids.some((id) => !api.oauth2PermissionScopes.some((scope) => scope.id === id)))
          fail(5, 'an enabled scope goes')
        const wanted = api.preAuthorizedApplications?.flatMap((tool) => tool.delegatedPermissionIds) ?? []
        if (wanted.some((id) => !ids.includes(id))) fail(5, 'a tool is let in to a scope that is not there')
        application['api'] = api
        return ''
      }
    ],
    [/^ad app owner list --id (\S+) --output json$/, ([, id = '']) => json(byId(id)['owners'] ?? [])],
    [
      /^ad sp owner list --id (\S+) --output json$/,
      ([, id]) => json(principals.find(({ appId }) => appId === id)?.['owners'] ?? [])
    ],
    [/^ad app federated-credential list --id (\S+) --output json$/, ([, id = '']) => json(byId(id).federated ?? [])],
    [
      /^ad app federated-credential create --id (\S+) /,
      ([, id = '']) => {
        const held = (byId(id).federated ??= [])
        const made = JSON.parse(option('--parameters')) as { name: string; subject: string }
        if (held.some(({ name }) => name === made.name))
          fail(1, `FederatedIdentityCredential with name ${made.name} already exists.`)
        held.push(made)
        return '{}'
      }
    ],
    [
      /^ad app federated-credential update --id (\S+) --federated-credential-id (\S+) /,
      ([, id = '', name = '']) => {
        const there = byId(id).federated?.find((each) => each.name === name) ?? fail(3, `no credential ${name}`)
        Object.assign(there, JSON.parse(option('--parameters')))
        return ''
      }
    ],
    [/^ad app show --id (\S+) --query api --output json$/, ([, id = '']) => json(byId(id)['api'] ?? null)],
    [/^ad app update --id (\S+) --identifier-uris api:\/\/\S+$/, ([, id = '']) => (byId(id), '')],
    [
      /^ad app update --id (\S+) --app-roles /,
      ([, id = '']) => {
        byId(id)['appRoles'] = JSON.parse(option('--app-roles'))
        return ''
      }
    ],
    [
      /^ad app update --id (\S+) --web-redirect-uris (\S+) --enable-id-token-issuance true$/,
      ([, id = '', uri]) => {
        byId(id)['redirect'] = uri
        return ''
      }
    ],
    [
      /^ad sp list --filter appId eq '([^']+)' --output json$/,
      ([, id]) => json(principals.filter(({ appId }) => appId === id))
    ],
    [
      /^ad sp list --filter appId eq '([^']+)' --query \[0\]\.id --output tsv$/,
      ([, id]) => (principals.some(({ appId }) => appId === id) ? 'principal' : '')
    ],
    [
      /^ad sp create --id (\S+)$/,
      ([, id = '']) => {
        byId(id)
        principals.push({ appId: id })
        return '{}'
      }
    ],
    [
      /^ad sp update --id (\S+) --set appRoleAssignmentRequired=true$/,
      ([, id]) => {
        const principal = principals.find(({ appId }) => appId === id) ?? fail(3, 'no service principal')
        principal['appRoleAssignmentRequired'] = true
        return ''
      }
    ],
    [
      /^ad sp show --id 00000003-0000-0000-c000-000000000000 --output json$/,
      () =>
        json({
          id: 'graph-sp',
          appRoles: ['Directory', 'Organization', 'Application', 'User', 'GroupMember']
            .map((what) => `${what}.Read.All`)
            .concat('PrivilegedEligibilitySchedule.Read.AzureADGroup')
            .map((value) => ({ value, id: `id-of-${value}` }))
        })
    ],
    [
      /^rest --method get --url \S+\/servicePrincipals\/(\S+)\/appRoleAssignments$/,
      () => json({ value: granted.map((appRoleId) => ({ appRoleId })) })
    ],
    [
      /^rest --method post --url \S+\/servicePrincipals\/(\S+)\/appRoleAssignments /,
      () => {
        granted.push((JSON.parse(option('--body')) as { appRoleId: string }).appRoleId)
        return '{}'
      }
    ]
  ]
  for (const [pattern, work] of table) {
    const match = pattern.exec(call)
    if (match !== null) return work(match)
  }
  return fail(64, `'${call}' is nothing that this directory knows`)
}
