import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientSecretOf } from '../../../local/azure/entra/client-secrets.ts'
import { users } from '../../../local/azure/graph/directory.ts'
import { requestFor, subscriptionIds, tenantId } from '../simulation.ts'
import { azAgainst } from './signed-in.ts'
import { isThere } from './shell.ts'

if (!isThere())
  process.stderr.write('SKIPPED: the tests that run az need Debian’s azure-cli. Install it: bash .ci/azure-cli\n')

let az: NonNullable<Awaited<ReturnType<typeof azAgainst>>>
beforeAll(async () => {
  const opened = await azAgainst(requestFor({}))
  if (opened) az = opened
})
afterAll(() => az?.close())
const json = async (command: string): Promise<unknown> => JSON.parse((await az.run(command)).stdout || 'null')

test.skipIf(!isThere())(
  'the real az signs a person in by a device code, finds their subscription and acts in it',
  async () => {
    expect(await az.signIn('alice@contoso.com')).toMatchObject({ code: 0 })
    const first = { id: subscriptionIds[1], tenantId, user: { name: 'alice@contoso.com', type: 'user' } }
    expect(await json('az account list')).toMatchObject([first])
    expect(await json('az account show')).toMatchObject(first)
    expect(await json('az group create --name by-hand --location westus2')).toMatchObject({ name: 'by-hand' })
    const refused = await az.run(`az group list --subscription ${subscriptionIds[2]}`)
    expect(refused.code).not.toBe(0)
  }
)

test.skipIf(!isThere())(
  'a refresh token brings tokens for other services, and none for one that the tenant does not have',
  async () => {
    const token = (resource: string) => az.run(`az account get-access-token --resource ${resource} --query tokenType`)
    expect(await token('https://vault.azure.net')).toMatchObject({ code: 0, stdout: '"Bearer"\n' })
    expect((await token('https://nobody.example.com')).stderr).toContain('AADSTS500011')
    const alice = users(az.azure.world).get('alice@contoso.com')
    if (!alice) throw new Error('the seed has no alice')
    users(az.azure.world).set('alice@contoso.com', { ...alice, accountEnabled: false })
    expect((await token('https://graph.microsoft.com')).stderr).toContain('AADSTS50057')
    users(az.azure.world).set('alice@contoso.com', alice)
  }
)

test.skipIf(!isThere())('an application of the seed signs in with its secret and with no other', async () => {
  const { clientId } = az.azure.seed.identities.slots[1] ?? az.azure.seed.identities.app
  const signIn = (secret: string) =>
    az.run(`az login --service-principal --username ${clientId} --password ${secret} --tenant ${tenantId}`)
  expect((await signIn('wrong')).stderr).toContain('AADSTS7000215')
  expect(await signIn(clientSecretOf(az.azure.world, clientId))).toMatchObject({ code: 0 })
  expect(await json(`az account show --subscription ${subscriptionIds[2]} --query user`)).toEqual({
    name: clientId,
    type: 'servicePrincipal'
  })
})
