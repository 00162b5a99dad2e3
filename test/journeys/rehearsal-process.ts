import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterAll, onTestFinished } from 'vitest'
import type { report } from '../../local/rehearsal/report.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'

export type Report = Awaited<ReturnType<typeof report>>

export interface Ended {
  /** The exit code, or the signal that ended it. */
  readonly code: number | string
  readonly stdout: string
  /** Standard error, line by line. */
  readonly lines: readonly string[]
}

export interface Rehearsal {
  readonly ended: Promise<Ended>
  interrupt(): void
  /** SIGKILL to the rehearsal and all that it started, at once; or to itself alone. */
  kill(whom: 'everybody' | 'itself'): void
}

export interface RehearsalOptions {
  readonly args: readonly string[]
  /** A command that runs the rehearsal inside of something, e.g. a network of its own. */
  readonly inside?: readonly string[]
  /** A file that is its standard output; what comes is heard when absent. */
  readonly stdout?: number
  /** Called with each line of standard error as it comes. */
  readonly onLine?: (line: string) => void
}

const children = new Set<ChildProcess>()

// A test that gives up leaves its rehearsal running. The second signal ends it at once.
afterAll(() => {
  for (const child of children) for (let signal = 0; signal < 2; signal++) child.kill('SIGINT')
})

/** `npm run rehearse` without npm: a process of its own, as an operator starts it. */
export function startRehearsal({ args, inside = [], stdout: file, onLine }: RehearsalOptions): Rehearsal {
  const [program = '', ...rest] = [...inside, process.execPath, 'local/rehearse.ts', ...args]
  const env = { ...process.env, CKEY_TELL_HOST_PID: '1' } // for those who kill it
  const child = spawn(program, rest, { env, stdio: ['ignore', file ?? 'pipe', 'pipe'], detached: true }) // in a group of its own
  children.add(child)
  child.once('exit', () => children.delete(child))
  const lines: string[] = []
  const { stdout: heard, stderr } = child
  if (!stderr) throw new Error('The rehearsal has no standard error.')
  const reader = createInterface({ input: stderr }).on('line', (line) => {
    lines.push(line)
    onLine?.(line)
  })
  const ended = Promise.all([heard ? text(heard) : '', once(child, 'close'), once(reader, 'close')]).then(
    ([stdout, [code, signal]]) => ({ code: (code as number | null) ?? (signal as string), stdout, lines })
  )
  const kill = (whom: 'everybody' | 'itself'): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(whom === 'everybody' ? -child.pid : child.pid, 'SIGKILL')
  }
  return { ended, interrupt: () => child.kill('SIGINT'), kill }
}

export const rehearse = (...args: string[]): Promise<Ended> => startRehearsal({ args }).ended

/** The report of a rehearsal that ended as it should; otherwise an error that shows how it ended. */
export function reportOf({ code, stdout, lines }: Ended): Report {
  if (code !== 0) throw new Error(`The rehearsal ended with ${String(code)}:\n${lines.slice(-30).join('\n')}`)
  return JSON.parse(stdout) as Report
}

/** Every pid the host had, in order. */
export const hostPids = (lines: readonly string[]): number[] =>
  lines.flatMap((line) => /^host pid (\d+)$/.exec(line)?.[1] ?? []).map(Number)

/** What a person reads: without pids, and without the last figures, which take their time from the machine. */
export const story = (lines: readonly string[]): string[] =>
  lines.filter((line) => !line.startsWith('host pid ') && !/^ {2}Done: |^ {4}Azure {2}/.test(line))

/** A folder that goes when the test does. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ckey-journey-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes a request where `--request` finds it. */
export function requestFile(folder: string, request: OnboardingRequest): string {
  const file = join(folder, 'request.json')
  writeFileSync(file, JSON.stringify(request))
  return file
}
