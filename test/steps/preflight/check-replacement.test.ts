import { beforeAll, expect, test } from 'vitest'
import { appRoleAssignments, users } from '../../../local/azure/graph/directory.ts'
import { userId } from '../../../local/azure/seed-people.ts'
import { appRolesFor } from '../../../local/azure/seed-tenant.ts'
import { writeActed } from '../../../src/records/acted.ts'
import { checkReplacement } from '../../../src/steps/preflight/check-replacement.ts'
import { tenantId, useSimulation } from '../../azure/simulation.ts'

const simulation = useSimulation()
const idOf = (name: string): string => userId(tenantId, name)
const world = () => simulation.simulated.world

/** Somebody of the tenant, with these roles of the app. */
function add(name: string, roles: readonly string[], more: object = { mail: name }): void {
  users(world()).set(name, { id: idOf(name), userPrincipalName: name, displayName: name, ...more })
  for (const each of appRolesFor(tenantId, idOf(name), roles)) appRoleAssignments(world()).set(each.id, each)
}

/** Beside Alice, who stands for the other slot. */
const look = (upn: string) =>
  checkReplacement(simulation)(
    {
      onboarding: 'contoso-1',
      now: '2026-11-02T18:00:00.000Z',
      upn,
      slot: 2,
      others: [{ party: 'alice@contoso.com', objectId: idOf('alice@contoso.com') }]
    },
    { info: () => undefined, warn: () => undefined }
  )

beforeAll(() => {
  add('ben@contoso.com', ['Reader', 'Approver'])
  add('mallory@contoso.com', [])
  add('reader@contoso.com', ['Reader', 'Operator', 'Custodian'])
  add('blocked@contoso.com', ['Approver'], { mail: 'blocked@contoso.com', accountEnabled: false })
  add('mailless@contoso.com', ['Approver'], {})
})

test('a user of the tenant with an open account, a mail address and the role Approver may take over', async () => {
  const seen = await look('ben@contoso.com')
  expect(seen).toMatchObject({ objectId: idOf('ben@contoso.com'), findings: [] })
  expect(seen.unfit).toBeUndefined()
})

test.for([
  ['mallory@contoso.com', 'no role Approver in the app: have it given in Entra ID, Enterprise applications'],
  ['reader@contoso.com', 'no role Approver in the app: have it given in Entra ID, Enterprise applications'],
  ['blocked@contoso.com', 'the account is blocked'],
  ['mailless@contoso.com', 'no mail address in the directory']
] as const)('%s may not: %s', async ([upn, unfit]) => {
  expect(await look(upn)).toMatchObject({ unfit })
})

test('nor may who stands for the other slot, under whatever name they go today', async () => {
  const alice = users(world()).get('alice@contoso.com') ?? expect.fail('no Alice')
  users(world()).delete('alice@contoso.com')
  users(world()).set('alicia@contoso.com', { ...alice, userPrincipalName: 'alicia@contoso.com' })
  const { findings } = await look('alicia@contoso.com')
  expect(findings.map(({ check }) => check)).toEqual(['slots-disjoint'])
})

test.for([
  ['cara@contoso.com', 1, ['acted-for-other'], 'cara@contoso.com has acted for slot 1'],
  ['cora@contoso.com', 2, [], undefined]
] as const)('nor %s, had they acted for the other slot before: slot %i', async ([upn, slot, codes, observed]) => {
  add(upn, ['Reader', 'Approver'])
  const actor = { tenantId, oid: idOf(upn) }
  await writeActed(simulation.azure.app.store, actor, { slot, at: '2025-11-02T18:00:00.000Z' })
  const { findings } = await look(upn)
  expect(findings.map(({ check }) => check)).toEqual(codes)
  expect(findings[0]?.observed).toBe(observed)
})
