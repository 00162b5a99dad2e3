import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import table from './powershell.json' with { type: 'json' }
import { blocks, inline } from './printed-powershell.ts'

const cmdlets: Readonly<Record<string, { readonly parameters: readonly string[] }>> = table.cmdlets
const own = '.powershell/pwsh' // where .ci/powershell puts it
const pwsh = existsSync(own) ? own : 'pwsh'
const isThere = spawnSync(pwsh, ['-NoProfile', '-Version']).status === 0
if (!isThere)
  process.stderr.write(
    'SKIPPED: the test that parses what we print for PowerShell needs PowerShell 7. Install it: bash .ci/powershell\n'
  )

interface Command {
  readonly name: string
  readonly parameters: readonly string[]
}

/** What the table does not have. */
function unknownIn({ name, parameters }: Command): string[] {
  const { [name]: row } = cmdlets
  if (row === undefined) return [name]
  return parameters.filter((each) => !row.parameters.includes(each)).map((each) => `${name} -${each}`)
}

/** By its words alone, where there is no PowerShell: what stands in quotes and brackets is no parameter of it. */
function readPlainly(text: string): Command[] {
  return text
    .replaceAll(/'[^']*'|"[^"]*"|\([^()]*\)/g, '')
    .split(/\n|\|/)
    .flatMap((line) => {
      const [, name] = /(?:^|[\s=])([A-Z][a-z]+-[A-Z]\w+)/.exec(line) ?? []
      return name === undefined
        ? []
        : [{ name, parameters: [...line.matchAll(/\s-([A-Z]\w*)/g)].map(([, each = '']) => each) }]
    })
}

test('each cmdlet and parameter that we print stands in the table, with where it was read', () => {
  const printed = [...blocks, ...inline].flatMap(readPlainly)
  expect(printed.length).toBeGreaterThan(40)
  expect(printed.flatMap(unknownIn)).toEqual([])
  for (const { source } of Object.values(table.cmdlets)) expect(source).toMatch(/\S{3}/)
})

test('no cmdlet is named in the source, and none is in the table, without the other', () => {
  const sources = globSync('src/domain/**/*.ts').map((file) =>
    readFileSync(file, 'utf8').replaceAll(/^ *(\/\*\*|\*|\/\/).*$/gm, '')
  )
  const named = new Set(
    sources.flatMap((text) =>
      [...text.matchAll(/\b(?:Connect|Format|Get|New|Read|Register|Set|Test|Undo|Update)-[A-Z][A-Za-z0-9]{3,}/g)].map(
        String
      )
    )
  )
  expect([...named].toSorted()).toEqual(Object.keys(cmdlets).toSorted())
})

test('nothing is left in angle brackets for a person to replace', () => {
  expect([...blocks, ...inline].filter((text) => /<[^>]*>/.test(text))).toEqual([])
})

test('what is known from memory alone says so where it is printed', () => {
  const scripts = readFileSync('src/domain/hand-off/policy-commands.ts', 'utf8')
  expect(scripts).toContain('is known here from memory alone')
  expect(readFileSync('src/domain/tasks/microsoft-outcomes.ts', 'utf8')).toContain('written here from memory alone')
})

/** All in one process: PowerShell takes longer to start than to parse them. */
const parser = `
$all = [Console]::In.ReadToEnd() | ConvertFrom-Json
$read = foreach ($text in $all) {
  $tokens = $null; $errors = $null
  $tree = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$tokens, [ref]$errors)
  $found = $tree.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)
  @{
    text = $text
    errors = @($errors | ForEach-Object { $_.Message })
    commands = @($found | ForEach-Object { @{
      name = $_.GetCommandName()
      parameters = @($_.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] } | ForEach-Object { $_.ParameterName })
    } })
  }
}
ConvertTo-Json -InputObject @($read) -Depth 6 -Compress`

const parsed = z.array(
  z.object({
    text: z.string(),
    errors: z.array(z.string()),
    commands: z.array(z.object({ name: z.string(), parameters: z.array(z.string()) }))
  })
)

function parseAll(texts: readonly string[]) {
  const { stdout, stderr } = spawnSync(pwsh, ['-NoProfile', '-NonInteractive', '-Command', parser], {
    input: JSON.stringify(texts),
    encoding: 'utf8'
  })
  expect(stderr).toBe('')
  return parsed.parse(JSON.parse(stdout))
}

test.skipIf(!isThere)(
  'PowerShell itself parses every block and every command, and finds in them what the table has',
  () => {
    const broken = 'Set-Mailbox -Identity <mailbox> -Policy x'
    const read = parseAll([...blocks, ...inline, broken])
    expect(read.pop()?.errors.length).toBeGreaterThan(0)
    expect(read.filter(({ errors }) => errors.length > 0)).toEqual([])
    expect(read.flatMap(({ commands }) => commands.flatMap(unknownIn))).toEqual([])
    expect(read.flatMap(({ commands }) => commands).length).toBeGreaterThan(40)
  }
)
