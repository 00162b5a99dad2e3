import { beforeAll, expect, test } from 'vitest'
import { retentions } from '../../../local/azure/arm/features/retention.ts'
import { resourceGroups } from '../../../local/azure/arm/resources/records.ts'
import { deletedVaults, vaults } from '../../../local/azure/arm/keyvault-management/vault-record.ts'
import { partyResults } from '../../../src/steps/preflight/people-seen.ts'
import { findParty } from '../../../src/steps/preflight/standing.ts'
import { lookAtKey } from '../../../src/steps/vaults/look-at-key.ts'
import { vaultThere } from '../../../src/steps/vaults/vault-there.ts'
import { altered } from '../../journeys/spoil.ts'
import { vaultPlan } from '../../azure/plans.ts'
import { subscriptionIds, tenantId, useSimulation } from '../../azure/simulation.ts'

const simulation = useSimulation()
const now = '2026-11-02T17:30:00.000Z'
const own = () => simulation.azure.slot(1)
const vault = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
const sub = subscriptionIds[1]

beforeAll(async () => {
  await own().providers.register(sub, 'Microsoft.KeyVault')
  await own().resourceGroups.ensure(vault, 'contoso-1')
  await own().vaults.create(vault, { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' })
  await simulation.simulated.clock.advance(60_000)
  const self = await simulation.azure.app.graph.servicePrincipal(simulation.config.identities['slot-1'])
  const keys = ['get', 'list', 'create', 'update', 'backup', 'getrotationpolicy']
  await own().vaults.grant(vault, { tenantId, objectId: self.value?.objectId ?? '', keys })
  await simulation.simulated.clock.advance(60_000)
  await own().keys.create(vault, 2048)
})

const shows = (state: string) =>
  retentions(simulation.simulated.world).set(sub, { subscriptionId: sub, shows: state, reachesKeys: false })

async function codesOf() {
  const look = await lookAtKey(own(), { vault, keySize: 2048, purpose: 'production', now })
  return look.results
    .flatMap(({ findings }) => findings)
    .map(({ code, requirement, resource }) => [requirement, code, resource])
}

test('a key without its protection is waited for only where the subscription is registered still (R44, R26)', async () => {
  shows('Registered')
  expect(await codesOf()).toEqual([
    ['R44', 'retention-not-propagated-contoso-ck-ex-na-vaulta1', `${vault.vaultName}/${vault.keyName}`]
  ])
  for (const state of ['Unregistered', 'Unregistering', 'NotRegistered', 'Pending']) {
    shows(state)
    expect(await codesOf(), state).toEqual([['R26', 'registered-contoso-ck-ex-na-vaulta1', sub]])
  }
})

test('somebody made anew under the same name is not called absent: both objects are named, and what to do (R33)', async () => {
  const { graph } = simulation.azure.app
  const [planned, party] = ['11111111-0000-4000-8000-00000000dead', 'alice@contoso.com']
  const present = (await graph.user(party)).value?.objectId ?? ''
  const [finding] = partyResults(await findParty(graph, party, planned), now, planned).findings
  expect(finding).toMatchObject({
    requirement: 'R33',
    observed: `${party} is object ${present}, and the plan means ${planned}, which is absent`
  })
  expect(finding?.remedy).toContain(`/directory/deletedItems/${planned}/restore`)
  expect(finding?.remedy).not.toContain(`Create ${party}`)
  const gone = partyResults(await findParty(graph, 'nobody@contoso.com', planned), now, planned).findings
  expect(gone[0]?.observed).toBe(`nobody@contoso.com (object ${planned}) is absent`)
  expect(gone[0]?.remedy).toContain(`/directory/deletedItems/${planned}/restore`)
  expect(gone[0]?.remedy).not.toMatch(/[Cc]reate/)
  const [unknown] = partyResults(await findParty(graph, 'nobody@contoso.com'), now).findings
  expect(unknown?.observed).toBe('nobody@contoso.com is absent')
  expect(unknown?.remedy).toMatch(/Name somebody of the tenant in the request.*or create them there/)
})

test('a vault that was deleted is said to be, with the day until which it can be recovered, and unread is no answer (R27)', async () => {
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at: now, call: anyCall }
  const look = async () =>
    (await vaultThere(own(), false, { expected: { by: 'register', ...vault }, about })).findings[0]
  const { world } = simulation.simulated
  const name = vault.vaultName.toLowerCase()
  const present = vaults(world).get(name)
  if (!present) throw new Error('the vault is not there: the case would show nothing')
  vaults(world).delete(name)
  deletedVaults(world).set(name, { vault: present, deletedAt: Date.parse('2026-11-02T00:00:00Z') })
  expect(await look()).toMatchObject({
    observed: expect.stringMatching(/: it was deleted, and can be recovered until 2027-01-31$/),
    remedy: expect.stringMatching(/^.* was deleted: .*az keyvault recover(?!.*moved)/)
  })
  simulation.simulated.faults.add({
    service: 'arm',
    operation: 'vaults.getDeleted',
    kind: 'status',
    status: 403,
    code: 'AuthorizationFailed',
    times: 1
  })
  expect(await look()).toMatchObject({
    observed: expect.stringMatching(/the deleted vaults of westus2: unread, .*403 AuthorizationFailed/),
    remedy: expect.stringContaining('If it was deleted')
  })
  deletedVaults(world).delete(name)
  vaults(world).set(name, present)
})

test('a vault that was moved to another group is not called deleted, and is to be moved back (R27)', async () => {
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at: now, call: anyCall }
  const look = async () => {
    const { value } = await own().vaults.read(vault)
    const seen = await Promise.all(
      (['plan', 'register'] as const).map((by) =>
        vaultThere(own(), value !== undefined, { expected: { by, ...vault }, about })
      )
    )
    return seen.flatMap(({ findings }) => findings)
  }
  expect(await look()).toEqual([])
  const { world } = simulation.simulated
  const id = `/subscriptions/${sub}/resourceGroups/rg-elsewhere/providers/Microsoft.KeyVault/vaults/${vault.vaultName}`
  resourceGroups(world).set(`/subscriptions/${sub}/resourcegroups/rg-elsewhere`, {
    id: `/subscriptions/${sub}/resourceGroups/rg-elsewhere`,
    subscriptionId: sub,
    name: 'rg-elsewhere',
    location: 'westus2',
    tags: {}
  })
  const back = altered(vaults, vault.vaultName.toLowerCase(), (found) => ({
    ...found,
    id,
    resourceGroup: 'rg-elsewhere'
  }))(simulation.simulated)
  for (const finding of await look()) {
    expect(finding.observed).toContain(id)
    expect(finding.remedy).toMatch(
      /moved, not deleted.*az resource move --ids .*rg-elsewhere.* --destination-group rg-contoso/
    )
  }
  expect(await look()).toHaveLength(2)
  back()
  vaults(world).delete(vault.vaultName.toLowerCase())
  for (const finding of await look()) {
    expect(finding.observed).toContain('nor among the deleted of its region')
    expect(finding.remedy).toMatch(/moved to another subscription, or is gone for good/)
  }
})

const anyCall = { operation: 'GET vault', requestId: 'some', identity: 'slot-1' } as const
