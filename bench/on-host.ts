import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Host } from '../local/host/host.ts'
import { installFunctionsCore } from '../local/host/worker/install.ts'

// Before the first import of @azure/functions, which looks for its runtime once.
installFunctionsCore()
export const { app } = await import('@azure/functions')
export const df = await import('durable-functions')
const { startHost } = await import('../local/host/host.ts')

export interface OnHost {
  readonly register: () => unknown
  readonly clock?: 'real' | 'skip'
  /** The state file; one of its own, deleted afterwards, when absent. */
  readonly stateFile?: string
}

/** Runs `use` on a host that is durable on disk, as in any rehearsal. */
export async function onHost<T>(
  { register, clock = 'real', stateFile }: OnHost,
  use: (host: Host) => Promise<T>
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const host = await startHost({
    load: register,
    stateFile: stateFile ?? join(folder, 'state.db'),
    clock,
    log: () => undefined
  })
  try {
    return await use(host)
  } finally {
    await host.stop()
    rmSync(folder, { recursive: true })
  }
}

/** Runs one orchestration to its end; throws unless it completes. */
export async function completed({ orchestrations }: Host, name: string, input?: unknown): Promise<unknown> {
  const end = await orchestrations.ended(await orchestrations.start(name, { input }))
  if (end?.status !== 'Completed') throw new Error(`"${name}" ended ${end?.status}: ${String(end?.output)}`)
  return end.output
}
