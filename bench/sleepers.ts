import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Benchmark, judged, type Outcome } from './benchmark.ts'
import { median, timed } from './measure.ts'
import { onHost } from './on-host.ts'

const SLEEPERS = 10_000
const HOUR_MS = 3_600_000
const app = join(import.meta.dirname, 'sleepers-app.ts')

interface Measured {
  readonly startMs: number
  readonly residentMb: number
  readonly wakeMs: number
}

let measured: Promise<Measured> | undefined
const measure = (): Promise<Measured> => (measured ??= measureSleepers())

export const sleepersMemory = benchmark('sleepers-memory', 'MB resident', ({ residentMb }) =>
  judged(residentMb, '<=', 200)
)
export const sleepersStart = benchmark('sleepers-start', 'ms to listen', ({ startMs }) => judged(startMs, '<=', 3000))
export const sleepersWake = benchmark('sleepers-wake', 'ms late, median of nine', ({ wakeMs }) =>
  judged(wakeMs, '<=', 50)
)

function benchmark(
  name: string,
  unit: string,
  judge: (all: Measured) => Pick<Outcome, 'value' | 'bound' | 'holds'>
): Benchmark {
  const against = `${SLEEPERS} instances asleep on timers`
  return { name, run: async () => ({ ...judge(await measure()), unit, against }) }
}

/** Puts the instances to sleep, stops their host, and measures another on the same file, in a process of its own. */
async function measureSleepers(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const stateFile = join(folder, 'state.db')
    await onHost({ register: () => import('./sleepers-app.ts'), stateFile }, async ({ orchestrations }) => {
      const due = Date.now() + HOUR_MS
      await Promise.all(Array.from({ length: SLEEPERS }, () => orchestrations.start('sleeper', { input: due })))
    })
    return await measureProcess(stateFile)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measureProcess(stateFile: string): Promise<Measured> {
  const main = join(import.meta.dirname, '../local/host/main.ts')
  const command = [main, '--app', app, '--state', stateFile, '--port', '0']
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  try {
    let url = ''
    const startMs = await timed(async () => {
      for await (const line of createInterface({ input: child.stderr })) {
        url = /^listening (\S+)$/.exec(line)?.[1] ?? ''
        if (url) break
      }
    })
    child.stderr.resume()
    const late: number[] = []
    for (let wake = 0; wake < 9; wake += 1) late.push(await lateness(url))
    const resident = Number(await (await fetch(`${url}/api/memory`)).text())
    return { startMs, residentMb: resident / 1024 / 1024, wakeMs: median(late) }
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

async function lateness(url: string): Promise<number> {
  const webhooks = `${url}/runtime/webhooks/durabletask`
  const started = await fetch(`${webhooks}/orchestrators/sleeper`, { method: 'POST', body: String(Date.now() + 200) })
  const { statusQueryGetUri } = (await started.json()) as { statusQueryGetUri: string }
  for (;;) {
    const response = await fetch(statusQueryGetUri)
    const { output } = (await response.json()) as { output: number }
    if (response.status === 200) return output
    await sleep(50)
  }
}
