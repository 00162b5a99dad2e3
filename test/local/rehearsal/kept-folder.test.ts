import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../../../local/host/store/open.ts'
import { claimFolder } from '../../../local/rehearsal/kept-folder.ts'
import { readRequestFile } from '../../../local/rehearsal/request-file.ts'
import { setStage } from '../../../local/rehearsal/stage.ts'
import { temporaryFolder } from '../azure/data-planes.ts'

const request = readRequestFile('samples/one-workload.json')
const folder = temporaryFolder()
const hostState = join(folder.path, 'host.sqlite')
const azureState = join(folder.path, 'azure', 'azure.sqlite')
afterEach(() => folder.remove())

const set = () =>
  setStage({
    request,
    keep: folder.path,
    port: 0,
    microsoft: { approveAfterBusinessDays: 4 },
    clock: { mode: 'skip' },
    onHostPid: () => undefined
  })

function removed(file: string): void {
  for (const side of ['', '-wal', '-shm']) rmSync(file + side, { force: true })
}

test('what is missing, empty or another in a kept folder is said each time, and never taken for a new start', async () => {
  claimFolder(folder.path, request)
  await (await set()).strike()
  await (await set()).strike() // as it was left, it goes on

  truncateSync(hostState)
  for (let each = 0; each < 2; each++)
    await expect(set()).rejects.toThrow(/host\.sqlite is empty, and .*azure\.sqlite holds a rehearsal that has begun/)
  removed(hostState)
  await expect(set()).rejects.toThrow(/host\.sqlite is missing, and .* Put the file back, or begin again/)
  openDatabase(hostState).close() // a host that was started there by hand
  await expect(set()).rejects.toThrow(/host\.sqlite is not the one that was there/)

  removed(azureState)
  for (let each = 0; each < 2; each++)
    await expect(set()).rejects.toThrow(/azure\.sqlite is missing, and .*host\.sqlite holds a rehearsal/)
  writeFileSync(azureState, '')
  await expect(set()).rejects.toThrow(/azure\.sqlite is empty/)

  rmSync(join(folder.path, 'request.json'))
  expect(() => claimFolder(folder.path, request)).toThrow(/request\.json is missing, and .*host\.sqlite holds/)
}, 120_000)
