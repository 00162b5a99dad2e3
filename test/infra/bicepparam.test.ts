import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bicep } from './template.ts'

const folder = mkdtempSync(join(tmpdir(), 'bicepparam-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test.skipIf(bicep === undefined)('a slot’s parameters compile where docs/deploy.md has them copied', () => {
  const page = readFileSync('docs/deploy.md', 'utf8')
  const [copy = '', , to = ''] = /^cp (infra\/\S+) (\S+)/m.exec(page) ?? []
  const [, used] = /^az deployment sub create .*--parameters (\S+)/m.exec(page) ?? []
  expect(to).toBe(used)
  cpSync('infra', join(folder, 'infra'), { recursive: true })
  const line = copy.trim()
  expect(spawnSync('sh', ['-c', line], { cwd: folder }).status).toBe(0)
  const made = spawnSync(bicep ?? '', ['build-params', to, '--stdout'], { cwd: folder, encoding: 'utf8' })
  expect([made.status, made.stderr]).toEqual([0, ''])
  expect(JSON.parse(made.stdout)).toHaveProperty('parametersJson')
})
