import { expect, test } from 'vitest'
import { allChecks } from '../../../src/domain/checks/all-checks.ts'
import { shellFor } from '../shell.ts'

const shell = shellFor({ env: {} })
const runbook = (...words: string[]) => shell.ckey('runbook', ...words)

test('what a check means, how to look, the cure and what follows is told without an app, by a finding’s own code too', async () => {
  const told = await runbook('vault-premium-contoso-ck-ex-na-vaulta1')
  expect(told).toMatchObject({ code: 0, err: '' })
  expect(told.out).toContain('vault-premium  R28\n')
  expect(told.out).toContain('What it means\n  The vault is not Premium')
  expect(told.out).toContain('  az keyvault show --name VAULT --query properties.sku.name\n')
  expect(told.out).toContain('Change VAULT to the Premium SKU')
  expect(told.out).toMatch(/ckey retry ID.*\n {2}It cannot be overridden\.\n$/)
})

test('a check that has several cures says when each is', async () => {
  const { out } = await runbook('key-rotation')
  expect(out).toContain('  Where “the rotation policy may not be read” is observed')
  expect(out).toContain('Remove expiryTime')
})

test('a program reads the same', async () => {
  expect(JSON.parse((await runbook('key-size', '--json')).out)).toMatchObject({
    code: 'key-size',
    requirement: 'R41',
    overridable: expect.stringContaining('2048 bits or more') as string
  })
})

test('without a code all of them are listed', async () => {
  expect((await runbook()).out.trimEnd().split('\n')).toEqual(allChecks.map(({ code }) => code))
})

test('a code that is none says how to see those there are', async () => {
  expect(await runbook('nothing')).toEqual({
    code: 2,
    out: '',
    err: 'No check makes a finding of the code nothing. Run ckey runbook to see the codes, then name one, or a finding’s own code.\n'
  })
})
