import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allChecks, checkNamed, checkOf } from '../../../src/domain/checks/all-checks.ts'
import { afterHandOff } from '../../../src/domain/checks/after-hand-off.ts'
import { lookAt } from '../../../src/domain/checks/look.ts'
import { requirementTable } from '../../../src/domain/requirements/requirement-table.ts'

const room = join(import.meta.dirname, '../../../src/domain/checks')

/** Codes of every check that a file of the room exports, alone or in a list. */
async function exportedBy(file: string): Promise<string[]> {
  const exported: object = await import(join(room, file))
  return Object.values(exported)
    .flat()
    .flatMap((each: unknown) => (isCheck(each) ? [each.code] : []))
}

const isCheck = (value: unknown): value is { readonly code: string } =>
  typeof value === 'object' && value !== null && 'code' in value && 'broken' in value

test('every check that a file exports is among them', async () => {
  const files = readdirSync(room).filter((file) => file !== 'all-checks.ts')
  const exported = (await Promise.all(files.map(exportedBy))).flat()
  expect(exported.toSorted()).toEqual(allChecks.map(({ code }) => code).toSorted())
})

/** What the deployment says of itself stands in evidence, and blocks nothing. */
const onlyTold = ['backup-not-immutable']

test('a code names one check', () => {
  expect(new Set(allChecks.map(({ code }) => code)).size).toBe(allChecks.length)
  for (const { code } of allChecks) expect(code).toMatch(/^(?=.{3,34}$)[a-z]+(-[a-z]+)*$/)
})

test.for(allChecks)('$code can fail, and says what to do about it', ({ code, findings }) => {
  expect(findings().length).toBeGreaterThan(0)
  for (const { breaks, observed, expected, cure } of findings()) {
    expect(breaks, observed).toBe(!onlyTold.includes(code))
    expect([observed, expected].map((text) => text.length > 0)).toEqual([true, true])
    expect(cure).toMatch(/^[A-Z].{20,}\.$/)
  }
  const cures = findings().map(({ cure }) => cure)
  expect(new Set(cures).size, 'one example for each cure').toBe(cures.length)
  expect(new Set(findings().map(({ where }) => where)).size, 'a reader can tell which cure is theirs').toBe(
    cures.length
  )
})

test.for(allChecks)('$code says what it means, how to look with az or ckey, and what follows', (check) => {
  for (const text of [check.means, check.afterwards]) expect(text).toMatch(/^\S.{20,}\.$/)
  expect(check.look[0]).toMatch(/^(az|ckey) /)
  expect(requirementTable.map(({ id }) => id)).toContain(check.requirement)
})

test('a check that depends on what is observed says when it can be overridden', () => {
  for (const { code, overridable, findings } of allChecks) {
    const seen = new Set(findings().map((each) => each.overridable))
    if (typeof overridable === 'boolean') expect([...seen], code).toEqual([overridable])
  }
})

test('the check of a finding is found by what it carries, and by its code', () => {
  expect(checkOf({ check: 'key-expiry' })?.requirement).toBe('R42')
  expect(checkOf({ check: 'of-an-older-version' })).toBeUndefined()
  expect(checkNamed('key-expiry')?.code).toBe('key-expiry')
  expect(checkNamed('service-principal-name-exchange')?.code).toBe('service-principal-name')
  expect(checkNamed('nothing-of-ours')).toBeUndefined()
})

test('the commands to look with name what a finding is about; the rest the reader puts in', () => {
  const commands = (code: string, resource: string): string[] => {
    const check = checkNamed(code)
    return check ? lookAt(check, resource) : []
  }
  expect(commands('vault-premium', 'contoso-ck-ex-na-vaulta1')).toEqual([
    'az keyvault show --name contoso-ck-ex-na-vaulta1 --query properties.sku.name'
  ])
  expect(commands('key-enabled', 'some-vault/Key001')[0]).toContain('--vault-name some-vault --name Key001')
  expect(commands('backup-until', 'https://acc.blob.core.windows.net/backups/v/k/f.keybackup')[0]).toContain(
    '--account-name acc --container-name backups --name v/k/f.keybackup'
  )
  expect(commands('backup-versions', 'v/k')[0]).toContain('--vault-name v --name k')
  expect(commands('backup-unreachable', 'v')[1]).toContain('--prefix VAULT/KEY/')
})

test('after a hand-off every cure says that the next sweep looks again, and none to retry', () => {
  const finding = {
    check: 'a',
    code: 'a',
    requirement: 'R7',
    resource: 'x',
    observed: 'x',
    expected: 'x',
    overridable: false
  } as const
  for (const check of allChecks)
    for (const { cure } of check.findings()) {
      const { remedy } = afterHandOff({ ...finding, remedy: cure })
      expect(remedy, check.code).toMatch(/the next sweep looks again\.$/)
      expect(remedy, check.code).not.toMatch(/\b(and|then) retry\b/i)
    }
})
