import { generateKeyPairSync } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policyAssignments, policyDefinitions } from '../../../local/azure/arm/authorization/policies.ts'
import { eventSubscriptions } from '../../../local/azure/eventgrid/topic-record.ts'
import { roleAssignments, roleDefinitions } from '../../../local/azure/arm/authorization/roles.ts'
import { groups } from '../../../local/azure/graph/groups.ts'
import { directoryAdministrators } from '../../../local/azure/graph/authorize.ts'
import { servicePrincipals, users } from '../../../local/azure/graph/directory.ts'
import { userId } from '../../../local/azure/seed-people.ts'
import { stableGuid } from '../../../local/azure/stable-guid.ts'
import builtIn from '../../../infra/built-in-roles.json' with { type: 'json' }
import { requestFor, tenantId } from '../simulation.ts'
import { printed } from './printed.ts'
import { isThere, type Said } from './shell.ts'
import { azAgainst } from './signed-in.ts'
import unplayed from './unplayed.json' with { type: 'json' }
import { before, filled, group, somebody, words } from './words.ts'

interface Row {
  readonly command: string
  /** What it says in place of doing it. */
  readonly error: string
  readonly why: string
  /** Of what az cannot load here: the arguments that we print, and where they were read. */
  readonly arguments?: readonly string[]
  readonly source?: string
}
const rows: readonly Row[] = unplayed
const rowOf = (command: string): Row | undefined => rows.find((each) => command.startsWith(`az ${each.command}`))
/** Signs in by a browser, or with claims that only Azure makes: sign-in.test.ts plays the rest. */
const isSignIn = (command: string): boolean => command.startsWith('az login')
const isName = (command: string): boolean => !/ -/.test(command)

/** They differ in what is looked at in one answer: one is asked, and all questions are compiled. */
const query = / --query ("[^"]*"|'[^']*'|[^ )]+)/g
const queryOf = (command: string): string[] => [...command.matchAll(query)].map(([, asked = '']) => asked)
const onceEach = [
  ...new Map(
    printed
      .filter((each) => !isSignIn(each))
      .toReversed()
      .map((each) => [each.includes('$(') ? each : each.replaceAll(query, ''), each])
  ).values()
].toReversed()

/** Azure's own and those of infra that this world does not have. */
const rolesOfOthers = [
  ...['Contributor', 'Reader', 'Key Vault Data Access Administrator'],
  ...['administrator', 'keeper'].map((kind) => `Customer Key ${kind} (contoso slot 1)`)
]

let az: NonNullable<Awaited<ReturnType<typeof azAgainst>>>
beforeAll(async () => {
  const opened = await azAgainst(requestFor({}))
  if (!opened) return
  az = opened
  const { world, seed } = az.azure
  const alice = userId(tenantId, 'alice@contoso.com')
  directoryAdministrators(world).set(alice, { id: alice })
  const mallory = { id: somebody, userPrincipalName: 'mallory@contoso.com', displayName: 'Mallory' }
  users(world).set(mallory.userPrincipalName, mallory)
  const members = [somebody, words['IDENTITY'] ?? '']
  groups(world).set(group.id, { id: group.id, displayName: group.name, members })
  const { clientId, objectId } = seed.identities.slots[0] ?? seed.identities.app
  servicePrincipals(world).set(clientId, { id: objectId, appId: clientId, displayName: 'id-contoso-ck-slot-1' })
  for (const roleName of rolesOfOthers) {
    const name = stableGuid(tenantId, roleName)
    const [owner] = seed.roleDefinitions
    if (owner) roleDefinitions(world).set(name, { ...owner, name, roleName, roleType: 'CustomRole' })
  }
  const [owner] = seed.roleDefinitions
  const writer = {
    name: builtIn.packageWriter.id,
    roleName: 'Storage Blob Data Contributor',
    roleType: 'BuiltInRole'
  } as const
  if (owner) roleDefinitions(world).set(writer.name, { ...owner, ...writer })
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(words['FILE'] ?? '', privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const assigned = `/subscriptions/${words['SUB'] ?? ''}/providers/Microsoft.Authorization/policyAssignments/NAME`
  const defined = assigned.replace(/policyAssignments.*/, 'policyDefinitions/DEFINITION')
  const policyRule = { if: { field: 'type', equals: 'none' }, then: { effect: 'audit' } }
  policyDefinitions(world).set(defined.toLowerCase(), { id: defined, name: 'DEFINITION', properties: { policyRule } })
  policyAssignments(world).set(assigned.toLowerCase(), {
    ...{ id: assigned, name: 'NAME', properties: { policyDefinitionId: defined } }
  })
  await az.signIn('alice@contoso.com')
  for (const command of before) expect(await az.run(command)).toMatchObject({ code: 0 })
}, 120_000)
afterAll(async () => {
  rmSync(words['FILE'] ?? '', { force: true })
  await az?.close()
})

test.skipIf(!isThere())(
  'every az command that is printed anywhere runs in the real az, or stands in the table with what it says',
  async () => {
    const wrong: string[] = []
    const met = new Set<Row>()
    for (const command of onceEach.toSorted(lastThose)) {
      const row = isName(command) && rowOf(command)?.arguments === undefined ? undefined : rowOf(command)
      if (row) met.add(row)
      await prepare(command)
      const entries = az.azure.journal.entries().length
      const said = await az.run(isName(command) ? `${command} --help` : filled(command))
      const fault = faultOf(command, row, said, entries)
      await undo(command)
      if (fault) wrong.push(`${filled(command)}\n  ${fault}`)
    }
    expect(wrong).toEqual([])
    expect(await az.run(`az --compile ${printed.flatMap(queryOf).join(' ')}`)).toMatchObject({ code: 0, stderr: '' })
    expect(rows.filter((row) => !met.has(row)).map(({ command }) => command)).toEqual([])
    process.stderr.write(`az: ${printed.length} commands, ${rows.length} rows of what is not played or not loaded\n`)
  },
  240_000
)

// What azd runs by itself; event-endpoint.sh asks for a function app, which is not played, and consent.sh for applications.
test.skipIf(!isThere())(
  'the hook of a deployment gives the real az a role to hand out, once, and takes it away again',
  async () => {
    const account = '/subscriptions/SUB/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/package'
    const held = () =>
      roleAssignments(az.azure.world)
        .values()
        .filter(({ roleDefinition }) => roleDefinition === builtIn.packageWriter.id)
    const hook = (what: string) =>
      az.run(
        filled(
          `CKEY_PAUSE_SECONDS=0 bash infra/package-writer.sh ${what} ${account}/blobServices/default/containers/c IDENTITY`
        )
      )
    for (const what of ['give', 'give']) expect(await hook(what)).toMatchObject({ code: 0, stderr: '' })
    expect(held()).toMatchObject([{ principalId: words['IDENTITY'] }])
    for (const what of ['take', 'take']) expect(await hook(what)).toMatchObject({ code: 0 })
    expect(held()).toEqual([])
  },
  60_000
)

test('what this az cannot load has no argument that nobody looked up', () => {
  const unheld = printed.flatMap((command) => {
    const { arguments: known, source = '' } = rowOf(command) ?? {}
    const given = [...command.replaceAll(/"[^"]*"/g, '').matchAll(/ (--[\w-]+)/g)].map(([, name = '']) => name)
    return known ? given.filter((name) => !known.includes(name) || !source.startsWith('https://')) : []
  })
  expect(unheld).toEqual([])
})

const changes =
  / (create|delete|update|set|register|tag|remove|set-policy|delete-policy|set-attributes|import) | --method (put|post|patch) /

/** Beside what signs in. */
const didSomething = (from: number): boolean =>
  az.azure.journal
    .entries()
    .slice(from)
    .some(({ service, method, status }) => service !== 'entra' && !/GET|HEAD/.test(method) && status < 300)

/** What takes away what others need comes last. */
const lastThose = (one: string, other: string): number => Number(takesAway(one)) - Number(takesAway(other))
const takesAway = (command: string): boolean =>
  /az (keyvault|group|eventgrid .*) delete |--enable-rbac-authorization true/.test(command)

/** What a cure takes away has to be there. */
async function prepare(command: string): Promise<void> {
  const role = / role assignment delete --assignee (.*)/.exec(filled(command))
  if (role && !rowOf(command)) await az.run(`az role assignment create --assignee-object-id ${role[1] ?? ''}`)
  if (command.includes('delete-policy'))
    await az.run(filled('az keyvault set-policy --name VAULT --object-id WHO --key-permissions get'))
  await makeThere(command)
  const [, member] = / group member remove .*--member-id (\S+)/.exec(filled(command)) ?? []
  if (member !== undefined)
    groups(az.azure.world).set(group.id, { id: group.id, displayName: group.name, members: [member] })
}

/** What was taken away before, or is named and nobody made. */
async function makeThere(command: string): Promise<void> {
  const [, going] = /^az group delete .*--name (\S+)/.exec(filled(command)) ?? []
  if (going !== undefined) await az.run(`az group create --name ${going} --location westus2`)
  if (wantsDeletedVault(command)) await az.run(filled('az keyvault delete --name VAULT'))
  if (command.includes('az eventgrid') || /systemTopics\/VAULT-events\//.test(command)) await makeTopic()
  if (command.includes('lock delete --ids')) await az.run('az lock create --name by-hand --lock-type ReadOnly')
}

const wantsDeletedVault = (command: string): boolean =>
  /az keyvault recover --name|az group create .*list-deleted/.test(command)

/** A topic with its event subscription, as the app leaves them. */
async function makeTopic(): Promise<void> {
  const topics = '/subscriptions/SUB/resourceGroups/GROUP/providers/Microsoft.EventGrid/systemTopics/VAULT-events'
  const identity = '"identity":{"type":"UserAssigned","userAssignedIdentities":{"DEAD_LETTER_IDENTITY":{}}}'
  const properties = '"properties":{"source":"VAULT_ID","topicType":"Microsoft.KeyVault.vaults"}'
  const body = `{"location":"REGION",${identity},${properties}}`
  await az.run(
    filled(`az rest --method put --url "https://management.azure.com${topics}?api-version=2025-02-15" --body '${body}'`)
  )
  const topicId = filled(topics)
  const name = 'customer-key'
  const id = `${topicId}/eventSubscriptions/${name}`
  eventSubscriptions(az.azure.world).set(id.toLowerCase(), {
    ...{ id, name, topicId, source: filled('VAULT_ID'), readyAt: 0 },
    ...{ endpointUrl: 'https://app.example.com/hook', eventDeliverySchema: 'CloudEventSchemaV1_0' },
    ...{ includedEventTypes: [], maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  })
}

/** A cure may take from whoever runs it what the next one needs. */
async function undo(command: string): Promise<void> {
  if (wantsDeletedVault(command)) await az.run(filled('az keyvault recover --name VAULT'))
  if (command.includes('accessPolicies=[]'))
    await az.run(filled('az keyvault set-policy --name VAULT --object-id ADMINISTRATOR --key-permissions all'))
}

/** Empty: it did what it says, or said what its row has. */
function faultOf(command: string, row: Row | undefined, said: Said, from: number): string {
  if (row) return unlike(row, said)
  if (said.code !== 0) return lastOf(said.stderr)
  return isName(command) || !changes.test(command) || didSomething(from) ? '' : 'changed nothing'
}

const unlike = ({ error }: Row, { code, stderr }: Said): string =>
  code !== 0 && stderr.includes(error) ? '' : `not “${error}” but ${String(code)} ${lastOf(stderr)}`

const lastOf = (stderr: string): string => stderr.trim().split('\n').slice(-6).join(' ').slice(-420)
