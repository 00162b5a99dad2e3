import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { withFakeAz } from '../infra/fake-az.ts'

const page = readFileSync('docs/uninstall.md', 'utf8')
const [slotPart = '', appPart = ''] = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block)

/** A script that is one of the page's blocks, with what a reader fills in, filled in. */
function filledIn(block: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'uninstall-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'block.sh')
  writeFileSync(file, `#!/bin/sh\nset -eu\n${block.replace(/(SUBSCRIPTION|PRINCIPAL)=…/g, '$1=its-$1')}`, {
    mode: 0o755
  })
  return file
}

/**
 * As Azure refuses: nothing below a lock goes, roles among it.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources#considerations-before-applying-your-locks
 */
function azure(said: readonly string[], memory: Record<string, unknown>): string {
  const of = (flag: string) => said[said.indexOf(flag) + 1] ?? ''
  const [roles, topics] = [memory['roles'] as string[], memory['topics'] as string[]]
  const refused = (why: string, code: number) => {
    process.stderr.write(why)
    return process.exit(code)
  }
  const put = (name: string, value: unknown) => {
    memory[name] = value
    return ''
  }
  const answers: Record<string, () => string> = {
    'eventgrid system-topic list': () => topics.join('\n'),
    'eventgrid system-topic delete': () =>
      put(
        'topics',
        topics.filter((name) => name !== of('--name'))
      ),
    'storage account list': () => 'contosock1abc',
    'role assignment list': () => (said.includes('--all') ? roles.join('\n') : (roles[0] ?? '')),
    'role assignment delete': () => {
      if (memory['locked'] === true && of('--ids').includes('contosock1abc')) return refused('ScopeLocked', 1)
      return put(
        'roles',
        roles.filter((id) => id !== of('--ids'))
      )
    },
    'lock delete': () => put('locked', false),
    'lock create': () => put('locked', true),
    'group delete': () => put('group', of('--name'))
  }
  const words = said.slice(
    0,
    said.findIndex((each) => each.startsWith('-'))
  )
  return (answers[words.join(' ')] ?? (() => refused(`unknown: ${words.join(' ')}`, 2)))()
}

test('a slot’s administrator takes away all that the app holds, under the lock of the store too, which is there afterwards', () => {
  const roles = ['at-subscription', 'at-contosock1abc', 'at-contosock1abc-locks', 'at-vault']
  const az = withFakeAz(azure, { roles, topics: ['vault-events'], locked: true })
  const { status, stderr } = az.run(filledIn(slotPart), [])
  expect([status, stderr]).toEqual([0, ''])
  expect(az.memory()).toMatchObject({ roles: [], topics: [], locked: true })
  for (const { said } of az.calls()) expect(said[said.indexOf('--subscription') + 1]).toBe('its-SUBSCRIPTION')
})

test('without taking the lock away first, the same roles could not be taken: the order is what makes it work', () => {
  const az = withFakeAz(azure, { roles: ['at-contosock1abc'], topics: [], locked: true })
  const { status, stderr } = az.run(filledIn(slotPart.replace(/^az lock delete.*$/m, '')), [])
  expect([status, stderr]).toEqual([1, 'ScopeLocked'])
})

test('the app goes with its own group alone, not by azd down, which would meet the locked records', () => {
  const az = withFakeAz(azure, { roles: [] })
  expect(az.run(filledIn(appPart), []).status).toBe(0)
  expect(az.memory()['group']).toBe('rg-contoso-ck-app')
  expect(readFileSync('infra/main.bicep', 'utf8')).toContain("name: 'rg-${toLower(namePrefix)}-ck-app'")
  expect(page).not.toMatch(/^ *azd down/m)
})

test('the lock that is taken away and given again is the one that the template makes', () => {
  const template = readFileSync('infra/modules/slot-store.bicep', 'utf8')
  for (const line of slotPart.match(/^az lock .*$/gm) ?? [])
    expect(template).toContain(`name: '${/--name (\S+)/.exec(line)?.[1] ?? ''}'`)
})
