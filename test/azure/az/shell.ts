import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

/** Debian's, whatever else calls itself python3 here. */
const python = '/usr/bin/python3'
export const isThere = (): boolean => spawnSync(python, ['-c', 'import azure.cli.core']).status === 0

export interface Said {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A shell in which `az` is the real one, in one process for all of its commands. */
export interface AzShell {
  /** Carries a command out as bash reads it, substitutions and pipes included. */
  readonly run: (command: string) => Promise<Said>
  readonly close: () => void
}

/** Asks the driver: how many arguments, each ended by a zero byte; told exit code and length of stderr, and both outputs. */
const az = `az() {
  local fd code size errors
  exec {fd}<>"/dev/tcp/127.0.0.1/$AZ_DRIVER" || return 1
  { printf '%s\\n' "$#"; [ "$#" = 0 ] || printf '%s\\0' "$@"; } >&"$fd"
  IFS= read -r code <&"$fd"
  IFS= read -r size <&"$fd"
  LC_ALL=C IFS= read -r -N "$size" errors <&"$fd"
  printf '%s' "$errors" >&2
  cat <&"$fd"
  exec {fd}>&-
  return "$code"
}
export -f az
`

/** Undefined where there is no az. */
export async function openAzShell(environment: Readonly<Record<string, string>>): Promise<AzShell | undefined> {
  if (!isThere()) return undefined
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment }
  const driver = spawn(python, [new URL('driver.py', import.meta.url).pathname], {
    env,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const port = await portOf(driver)
  return {
    run: async (command) => {
      const shell = spawn('bash', ['-c', `${az}${command}`], {
        env: { ...env, AZ_DRIVER: port },
        stdio: ['ignore', 'pipe', 'pipe']
      })
      const [stdout, stderr] = await Promise.all([text(shell.stdout), text(shell.stderr)])
      if (shell.exitCode === null) await once(shell, 'exit')
      return { code: shell.exitCode, stdout, stderr }
    },
    close: () => driver.kill()
  }
}

async function portOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The driver of az has no output to read its port from. Give it a pipe.')
  for await (const line of createInterface(stdout)) return line
  throw new Error('The driver of az ended before it listened. Run test/azure/az/driver.py by hand to see why.')
}
