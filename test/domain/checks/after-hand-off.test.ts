import { expect, test } from 'vitest'
import { afterHandOff } from '../../../src/domain/checks/after-hand-off.ts'
import { allChecks } from '../../../src/domain/checks/all-checks.ts'
import type { Finding } from '../../../src/domain/terms/evidence.ts'

const told = 'After the hand-off nothing is retried, overridden or cancelled: the next sweep looks again.'

function remedyOf(remedy: string): string {
  const finding = {
    check: 'c',
    code: 'c',
    requirement: 'R1',
    resource: '',
    observed: '',
    expected: '',
    overridable: true
  }
  return afterHandOff({ ...finding, remedy } as Finding).remedy // `requirement` is one
}

test('no cure of any check tells a reader to retry, override, cancel or start anew after the hand-off', () => {
  for (const { code, findings } of allChecks)
    for (const { cure } of findings()) {
      const remedy = remedyOf(cure)
      expect(remedy.endsWith(told), code).toBe(true)
      expect(remedy.slice(0, -told.length), code).not.toMatch(
        /\bretry\b|overrid|start anew|\bcancel\b|\(task |[;,]\.|\.\./i
      )
      // A sentence begins as one; a command may end in a point of its own.
      expect(remedy, code).not.toMatch(/\. (if|where|else|otherwise|and|or|then)\b/)
    }
})

test.each([
  ['Run az x --y a.b, then retry.', 'Run az x --y a.b.'],
  ['Take it away (az r); or override with what it is and who looks after it.', 'Take it away (az r).'],
  ['Run az x; then retry. Where it must stay, override with who answers for it.', 'Run az x.'],
  ['Move SUB to TENANT, or start anew with a subscription of that tenant.', 'Move SUB to TENANT.'],
  [
    'This is fixed once a vault is made. Leave VAULT as it is, and start anew with another vault name.',
    'This is fixed once a vault is made. Leave VAULT as it is and move its policy to the vault pair of another onboarding.'
  ],
  [
    'Whoever has left is replaced (task replace-operator-1, or -2).',
    'Whoever has left is replaced (by the request of the next onboarding, which says who stands for the slots from then on).'
  ],
  ['Look at it. If it was renamed, override with that; if it was not, stop.', 'Look at it. If it was not, stop.'],
  ['Recover it now: az keyvault key recover --name K.', 'Recover it now: az keyvault key recover --name K.']
])('“%s” leaves what can still be done', (cure, left) => {
  expect(remedyOf(cure)).toBe(`${left} ${told}`)
})
