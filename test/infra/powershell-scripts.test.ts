import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { withFakeAz, type Answers } from './fake-az.ts'

const own = '.powershell/pwsh' // where .ci/powershell puts it
const pwsh = existsSync(own) ? own : 'pwsh'
const isThere = spawnSync(pwsh, ['-NoProfile', '-Version']).status === 0
if (!isThere)
  process.stderr.write('SKIPPED: the scripts for PowerShell are not run. Install PowerShell 7: bash .ci/powershell\n')

const container =
  '/subscriptions/third/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c'
const env = {
  APP_NAME: 'func',
  AZURE_RESOURCE_GROUP: 'rg',
  AZURE_SUBSCRIPTION_ID: 'third',
  PACKAGE_CONTAINER_ID: container,
  DEPLOYMENT_PRINCIPAL_ID: 'identity',
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off'
}

/** What a script said and asked of az, with the name of its other in the place of its own. */
type Ran = Pick<ReturnType<ReturnType<typeof withFakeAz>['run']>, 'status' | 'stdout' | 'stderr'> & {
  readonly calls: readonly string[]
}

function ran(answers: Answers, program: string, args: readonly string[]): Ran {
  const az = withFakeAz(answers)
  const { status, stdout, stderr } = az.run(program, args, env)
  const alike = (text: string) => text.replaceAll('.ps1', '.sh')
  // The setting is in a file of its own name, and its text is compared.
  const calls = az.calls().map(({ whole }) => whole.join(' '))
  return { status, stdout: alike(stdout), stderr: alike(stderr), calls }
}

const inSh = (answers: Answers, name: string, args: readonly string[]): Ran => ran(answers, `infra/${name}.sh`, args)
const inPowerShell = (answers: Answers, name: string, args: readonly string[]): Ran =>
  ran(answers, pwsh, ['-NoProfile', '-NonInteractive', '-File', `infra/${name}.ps1`, ...args])

const late: Answers = (said, memory) => {
  if (said[1] === 'show') return 'host'
  if (said[1] !== 'keys') return ''
  if (memory['refused'] === true) return 'secret-4711'
  memory['refused'] = true
  return ''
}
const never: Answers = (said) => {
  if (said[1] !== 'keys') return ''
  process.stderr.write('Encountered an error (ServiceUnavailable) from host runtime.\n')
  return process.exit(1)
}
const assigned: Answers = (said) => (said[2] === 'list' ? 'assignment-1' : '')
const unassigned: Answers = () => ''

interface Case {
  readonly name: string
  readonly when: string
  readonly answers: Answers
  readonly plain: readonly string[]
  readonly power?: readonly string[]
  readonly code: number
}

const cases: readonly Case[] = [
  { name: 'event-endpoint', when: 'a host is late', answers: late, plain: [], code: 0 },
  { name: 'event-endpoint', when: 'a host never starts', answers: never, plain: [], code: 1 },
  {
    name: 'event-endpoint',
    when: 'nothing was deployed yet',
    answers: never,
    plain: ['--if-started'],
    power: ['-IfStarted'],
    code: 0
  },
  { name: 'package-writer', when: 'the role is not given', answers: unassigned, plain: ['give'], code: 0 },
  { name: 'package-writer', when: 'the role is given', answers: assigned, plain: ['give'], code: 0 },
  { name: 'package-writer', when: 'the role stays', answers: assigned, plain: ['take'], code: 1 },
  { name: 'package-writer', when: 'nothing is said', answers: unassigned, plain: [], code: 2 }
]

// PowerShell takes a second of a processor to start, and has to start for each.
test.skipIf(!isThere).each(cases)(
  '$name says, asks and ends in PowerShell as in sh when $when',
  ({ name, answers, plain, power = plain, code }) => {
    const wanted = inSh(answers, name, plain)
    expect(inPowerShell(answers, name, power)).toEqual(wanted)
    expect(wanted.status).toBe(code)
  },
  60_000
)

// azd writes a hook into a file and runs pwsh with it: https://github.com/Azure/azure-dev/blob/main/cli/azd/pkg/tools/powershell/powershell.go
test.skipIf(!isThere)(
  'a hook for PowerShell ends as what failed in it ended, and goes no further',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'hook-'))
    onTestFinished(() => {
      rmSync(folder, { recursive: true })
    })
    writeFileSync(join(folder, 'npm'), '#!/bin/sh\n[ "$1" = ci ]\n', { mode: 0o755 })
    const [run = ''] = /(?<=predeploy:(?:.*\n){2} +windows: \{ shell: pwsh, run: ).*(?= \}$)/m.exec(
      readFileSync('azure.yaml', 'utf8')
    ) ?? ['']
    const hook = join(folder, 'hook.ps1')
    writeFileSync(hook, run)
    const az = withFakeAz(unassigned)
    const { status } = az.run(pwsh, [hook], { ...env, PATH: `${folder}:${process.env['PATH'] ?? ''}` })
    expect(run).toContain('package-writer.ps1 give')
    expect([status, az.calls()]).toEqual([1, []])
  },
  60_000
)

test.skipIf(!isThere)(
  'PowerShell itself parses what pages have for it, and the hooks',
  () => {
    const pages = globSync('docs/**/*.md').map((file) => readFileSync(file, 'utf8'))
    const texts = [
      ...pages.flatMap((page) => [...page.matchAll(/^```powershell\n(.*?)^```$/gms)].map(([, text]) => text)),
      ...[...readFileSync('azure.yaml', 'utf8').matchAll(/shell: pwsh, run: (.*) \}$/gm)].map(([, text]) => text)
    ]
    expect(texts.length).toBeGreaterThan(5)
    const parser = `foreach ($text in ([Console]::In.ReadToEnd() | ConvertFrom-Json)) {
      $errors = $null
      [void][System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$errors)
      $errors.Count
    }`
    const args = ['-NoProfile', '-NonInteractive', '-Command', parser]
    const { stdout } = spawnSync(pwsh, args, { input: JSON.stringify([...texts, 'foreach ($x in']), encoding: 'utf8' })
    const counts = stdout.trim().split(/\s+/)
    expect(Number(counts.pop())).toBeGreaterThan(0) // the broken one
    expect(counts).toEqual(texts.map(() => '0'))
  },
  60_000
)

test('every script that azd runs is there for both shells, and each shell is given its own', () => {
  const scripts = globSync('infra/*.sh')
  expect(scripts.length).toBeGreaterThan(1)
  for (const each of scripts) expect(existsSync(each.replace('.sh', '.ps1')), each).toBe(true)
  const hooks = readFileSync('azure.yaml', 'utf8')
  for (const [line, shell] of hooks.matchAll(/^ +(posix|windows): .*$/gm))
    expect(line).not.toMatch(shell === 'windows' ? /\bsh infra|\.sh\b/ : /pwsh|\.ps1/)
})
