import { describe, expect, test } from 'vitest'
import roles from '../../../infra/roles.json' with { type: 'json' }
import { covers } from '../../../src/domain/checks/role-permissions.ts'
import { lackingRights, slotTemplateChecks } from '../../../src/domain/checks/slot-template.ts'
import { findingsOf } from '../holding.ts'

const scope = '/subscriptions/s'
const held = (actions: readonly string[], at = scope) => ({ actions, scope: at })
const [setup, guard] = [held(roles.setup.actions), held(roles.guard.actions)]
const without = ({ actions }: typeof guard, action: string) => held(actions.filter((each) => each !== action))
const before = { subscriptionId: 's', step: 'preflight' } as const
const after = { subscriptionId: 's', step: 'verification' } as const

test('the roles of this release lack nothing, whatever they are called', () => {
  expect([lackingRights([setup, guard], before), lackingRights([guard], after)]).toEqual([[], []])
})

test('each right that the guard role lacks is found before the hand-off and after it, though the set-up role has it', () => {
  for (const action of roles.guard.actions) {
    const lacking = [{ role: 'guard', action }]
    expect(lackingRights([setup, without(guard, action)], before)).toEqual(lacking)
    expect(lackingRights([without(guard, action)], after)).toEqual(lacking)
  }
})

test('each right that the set-up role alone gives is found until the hand-off, unless its wildcard gives it too', () => {
  for (const action of roles.setup.actions.filter((each) => !roles.guard.actions.includes(each)))
    if (action.includes('*') || !covers('*/register/action', action))
      expect(lackingRights([without(setup, action), guard], before)).toEqual([{ role: 'setup', action }])
})

describe('what counts', () => {
  test.each([
    ['a role above the subscription', held(['*/read'], '/providers/Microsoft.Management/managementGroups/m'), true],
    ['one of Azure’s own that reads everything', held(['*/read']), true],
    ['a role on a group in it does not', held(roles.guard.actions, `${scope}/resourceGroups/g`), false],
    ['nor one that may change something, since that goes', held(['*']), false]
  ])('%s', (_what, role, enough) => {
    expect(lackingRights([role], after).length === 0).toBe(enough)
  })
})

test('the finding names every right, and the command that brings the slot up to date', () => {
  const expected = { slot: 2, subscriptionId: 's', region: 'eastus2', namePrefix: 'Contoso' } as const
  const lacking = [
    { role: 'guard', action: 'A/read' },
    { role: 'guard', action: 'B/read' },
    { role: 'setup', action: 'C/write' }
  ] as const
  const found = (step: 'preflight' | 'verification', refusal?: string) =>
    findingsOf(slotTemplateChecks, { lacking, alertsMissing: [], ...(refusal && { refusal }) }, { ...expected, step })[
      'slot-template'
    ]
  expect(found('preflight')).toMatchObject({
    observed:
      '"Customer Key guard (contoso slot 2)" lacks A/read, B/read; "Customer Key setup (contoso slot 2)" lacks C/write',
    remedy: expect.stringMatching(
      /settingUp=true .*az deployment sub create --subscription s --location eastus2 --parameters slot2\.bicepparam/
    ),
    overridable: true
  })
  expect(found('verification')?.remedy).toContain('settingUp=false')
  expect(found('verification', 'Azure refused (403)')).toMatchObject({
    overridable: false,
    observed: expect.stringContaining('Azure refused (403)')
  })
})

test('an alert that nobody made, or that somebody took away, is found as a right is', () => {
  const expected = { slot: 1, subscriptionId: 's', region: 'r', namePrefix: 'p', step: 'verification' } as const
  const found = (...alertsMissing: string[]) =>
    findingsOf(slotTemplateChecks, { lacking: [], alertsMissing }, expected)['slot-template']
  expect(found()).toBeUndefined()
  expect(found('vault-changed', 'watch-changed')).toMatchObject({
    observed: 'there is no alert vault-changed, watch-changed',
    overridable: true
  })
})
