import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const app = pathToFileURL(join(import.meta.dirname, '..', '..', 'src', 'app.ts')).href
let starts = 0

/** Evaluates the app's page anew, as a worker's process does: its clients, caches and tallies are its own. */
export async function loadApp(): Promise<void> {
  await import(`${app}?start=${String((starts += 1))}`)
}
