import { spawnSync } from 'node:child_process'
import { expect, test, vi } from 'vitest'
import { shellFor } from '../shell.ts'

/** The library that makes the scripts writes them to the console by itself. */
async function ckey(...words: string[]) {
  const written = vi.spyOn(console, 'log').mockReturnValue(undefined)
  const { code, err } = await shellFor({ env: {} }).ckey('completion', ...words)
  const out = written.mock.calls.map(([line]) => String(line)).join('\n')
  written.mockRestore()
  return { code, err, out, offered: out.split('\n').map((line) => line.split('\t')[0] ?? '') }
}

test('what can follow is offered: commands, options, and values that are known without the app', async () => {
  expect((await ckey('complete', '--', 'app')).offered).toContain('approve')
  expect((await ckey('complete', '--', 'plan', '--o')).offered).toEqual(expect.arrayContaining(['--out', '--offline']))
  expect((await ckey('complete', '--', 'approve', 'contoso-1', '')).offered).toEqual(expect.arrayContaining(['1', '2']))
  expect((await ckey('complete', '--', 'runbook', 'vault-p')).offered).toContain('vault-premium')
})

test.each(['bash', 'zsh', 'fish', 'powershell'])('there is a script for %s, which asks ckey itself', async (shell) => {
  const { code, out } = await ckey(shell)
  expect(code).toBe(0)
  expect(out).toMatch(/ckey completion complete '?--/)
  if (shell === 'bash') expect(spawnSync('bash', ['-n'], { input: out })).toMatchObject({ status: 0 })
})

test('a shell that is not known is told which are', async () => {
  const { code, err } = await ckey('tcsh')
  expect([code, err]).toEqual([2, 'There is no completion for tcsh. Give bash, zsh, fish, powershell.\n'])
})
