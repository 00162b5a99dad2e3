import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Order } from '../../../local/host/fate.ts'

export interface HostProcess {
  readonly url: string
  readonly pid: number
  /** Its worker dies. */
  loseWorker(): void
  /** Resolves with the exit code, or with the signal that ended it. */
  readonly gone: Promise<number | string>
  /** Resolves with the exit code, or with the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | string>
}

export interface HostProcessOptions {
  readonly app: string
  readonly state: string
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

/** Starts a host as a process, on a port the system chooses. Rejects with its standard error when it does not listen. */
export async function startHostProcess(options: HostProcessOptions): Promise<HostProcess> {
  const child = spawnHost(options)
  const gone = exitOf(child)
  const url = await listening(child)
  return {
    url,
    gone,
    pid: child.pid ?? 0,
    loseWorker: () => void child.send({ loseWorker: 'now' } satisfies Order),
    end(signal) {
      child.kill(signal)
      return gone
    }
  }
}

async function exitOf(child: ChildProcess): Promise<number | string> {
  const [code, by] = (await once(child, 'exit')) as [number | null, string]
  return code ?? by
}

function spawnHost({ app, state, env = {}, args = [] }: HostProcessOptions): ChildProcess {
  const command = ['local/host/main.ts', '--app', app, '--state', state, '--port', '0', ...args]
  return spawn(process.execPath, command, {
    env: { ...withoutSettings(), ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc']
  })
}

async function listening({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('The host has no standard error.')
  const lines: string[] = []
  for await (const line of createInterface({ input: stderr })) {
    const [, url] = /^listening (\S+)$/.exec(line) ?? []
    if (url !== undefined) {
      stderr.resume()
      return url
    }
    lines.push(line)
  }
  throw new Error(lines.join('\n'))
}

/** A stage in this process leaves its app settings in the environment: they are not this host's. */
const withoutSettings = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CKEY_')))
