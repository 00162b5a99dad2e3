import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Milliseconds of a whole rehearsal from the command line: simulated Azure, Azurite and the host as a process of its own. */
export async function rehearsedIn(request: string): Promise<number> {
  const started = performance.now()
  await promisify(execFile)(process.execPath, ['local/rehearse.ts', '--json', '--request', request], {
    maxBuffer: 64 * 1024 * 1024
  })
  return performance.now() - started
}
