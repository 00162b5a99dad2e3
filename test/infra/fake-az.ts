import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawn, spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** What a fake `az` answers, as the code of a function of its arguments and of what it remembers between calls. */
export type Answers = (said: readonly string[], memory: Record<string, unknown>) => string

/**
 * Runs a script of `infra/` with an `az` on its path that is ours: it keeps what it was asked, and what it was told. One process
 * answers all calls of a test, over two pipes: a script asks some thirty times, and each start of Node costs more than that.
 */
export function withFakeAz(answers: Answers, remembers: Record<string, unknown> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'az-'))
  const [calls, memory, bin] = [join(folder, 'calls'), join(folder, 'memory.json'), join(folder, 'bin')]
  mkdirSync(bin)
  writeFileSync(calls, '')
  writeFileSync(memory, JSON.stringify(remembers))
  writeFileSync(join(folder, 'az.mjs'), answering(answers))
  spawnSync('mkfifo', [join(folder, 'asked'), join(folder, 'answered')])
  writeFileSync(
    join(bin, 'az'),
    `#!/bin/sh
printf '%s\\0' "$@" >'${folder}/asked'
read -r code <'${folder}/answered'
cat '${folder}/stdout'
cat '${folder}/stderr' >&2
exit "$code"
`
  )
  chmodSync(join(bin, 'az'), 0o755)
  const answerer = spawn(process.execPath, [join(folder, 'az.mjs'), folder], { stdio: 'ignore' })
  onTestFinished(() => {
    answerer.kill()
    rmSync(folder, { recursive: true })
  })
  return {
    run: (script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const { status, stdout, stderr } = spawnSync(script, args, {
        encoding: 'utf8',
        env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, CKEY_PAUSE_SECONDS: '0', ...env }
      })
      return { status, stdout, stderr }
    },
    /** What it remembers now. */
    memory: (): Record<string, unknown> => JSON.parse(readFileSync(memory, 'utf8')) as Record<string, unknown>,
    /** Every call so far: as it was said, and with the files it named in their place. */
    calls: (): { said: string[]; whole: string[] }[] =>
      readFileSync(calls, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { said: string[]; whole: string[] })
  }
}

/** A program that answers one call after another, until it is ended. An answer that ends its process ends that call alone. */
const answering = (answers: Answers): string => `
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
const at = (name) => join(process.argv[2], name)
const answers = ${answers.toString()}
class Ended { constructor(code) { this.code = code } }
process.exit = (code) => { throw new Ended(code ?? 0) }
let errors = ''
process.stderr.write = (text) => { errors += text; return true }
for (;;) {
  const said = readFileSync(at('asked'), 'utf8').split('\\0').slice(0, -1)
  // A file that is named is read at once: the script may remove it.
  const whole = said.map((each) => (each.startsWith('@') ? readFileSync(each.slice(1), 'utf8') : each))
  appendFileSync(at('calls'), JSON.stringify({ said, whole }) + '\\n')
  const memory = JSON.parse(readFileSync(at('memory.json'), 'utf8'))
  errors = ''
  let [code, answer] = [0, '']
  try {
    answer = answers(whole, memory)
  } catch (error) {
    code = error instanceof Ended ? error.code : 70
    if (!(error instanceof Ended)) errors += String(error)
  }
  if (code === 0) writeFileSync(at('memory.json'), JSON.stringify(memory))
  writeFileSync(at('stdout'), answer ? answer + '\\n' : '')
  writeFileSync(at('stderr'), errors)
  writeFileSync(at('answered'), code + '\\n')
}
`
