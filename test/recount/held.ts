import { expect } from 'vitest'
import { unfoundedRecords, untrueRows } from '../../local/recount/recount.ts'
import { sourceOf } from '../../local/recount/source.ts'
import type { Azure } from '../../local/azure/azure.ts'

/** Whatever was played on a simulated Azure: each hand-off counted anew, and each record held against what Azure was asked. */
export async function expectHeld(azure: Pick<Azure, 'journal' | 'readBlob'>): Promise<void> {
  const source = sourceOf(azure)
  expect(await untrueRows(source)).toEqual([])
  expect(await unfoundedRecords(source)).toEqual([])
}
