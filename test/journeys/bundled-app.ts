import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { bundle } from '../../local/bundle.ts'

/** What is deployed, built once for the file: it starts faster than the sources, which counts where a host is killed often. */
export function useBundledApp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ckey-bundle-'))
  const into = join(folder, 'dist')
  beforeAll(async () => void (await bundle({ main: 'src/main.ts', into })))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return into
}
