import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a fake `az` answers, as the code of a function of its arguments and of what it remembers between calls. */
export type Answers = (said: readonly string[], memory: Record<string, unknown>) => string

/** Runs a script of `infra/` with an `az` on its path that is ours: it keeps what it was asked, and what it was told. */
export function withFakeAz(answers: Answers) {
  const folder = mkdtempSync(join(tmpdir(), 'az-'))
  const [calls, memory] = [join(folder, 'calls'), join(folder, 'memory.json')]
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(calls, '')
  writeFileSync(memory, '{}')
  writeFileSync(
    join(bin, 'az.mjs'),
    `
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
const said = process.argv.slice(2)
// A file that is named is read at once: the script may remove it.
const whole = said.map((each) => (each.startsWith('@') ? readFileSync(each.slice(1), 'utf8') : each))
appendFileSync(${JSON.stringify(calls)}, JSON.stringify({ said, whole }) + '\\n')
const memory = JSON.parse(readFileSync(${JSON.stringify(memory)}, 'utf8'))
const answer = (${answers.toString()})(whole, memory)
writeFileSync(${JSON.stringify(memory)}, JSON.stringify(memory))
if (answer) console.log(answer)
`
  )
  const program = join(bin, 'az')
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${join(bin, 'az.mjs')}' "$@"\n`)
  chmodSync(program, 0o755)
  return {
    folder,
    run: (script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const { status, stdout, stderr } = spawnSync(script, args, {
        encoding: 'utf8',
        env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, CKEY_PAUSE_SECONDS: '0', ...env }
      })
      return { status, stdout, stderr }
    },
    /** Every call so far: as it was said, and with the files it named in their place. */
    calls: (): { said: string[]; whole: string[] }[] =>
      readFileSync(calls, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { said: string[]; whole: string[] })
  }
}
