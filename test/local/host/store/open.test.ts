import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../../local/host/store/open.ts'
import { Store } from '../../../../local/host/store/store.ts'

const PAGE = 4096

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-'))
  file = join(folder, 'state.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a file that is damaged inside, behind a sound header, is refused and stays as it is', () => {
  const database = openDatabase(file)
  for (let each = 0; each < 200; each++) new Store(database).setMeta(`key ${each}`, 'x'.repeat(200))
  database.close()
  const bytes = openSync(file, 'r+')
  writeSync(bytes, Buffer.alloc(6 * PAGE, 7), 0, 6 * PAGE, 2 * PAGE)
  closeSync(bytes)
  const before = readFileSync(file)
  expect(() => openDatabase(file)).toThrow(/The state file .* cannot be used: .*, or use another --state file/)
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a sound file is opened again with what is in it', () => {
  const first = openDatabase(file)
  new Store(first).setMeta('kept', 'yes')
  first.close()
  const again = openDatabase(file)
  expect(new Store(again).meta('kept')).toBe('yes')
  again.close()
})
