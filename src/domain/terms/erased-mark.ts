import { z } from 'zod'
import type { Sha256 } from './digest.ts'

/** Stands in a document out of which a person was erased: its digest before, by which others name it still, and when. */
export const erasedMark = z.object({ sha256: z.string(), at: z.string() })

export type ErasedMark = z.output<typeof erasedMark>

/** Undefined where nobody was erased out of it. */
export const erasedMarkOf = (document: unknown): ErasedMark | undefined =>
  z.object({ erased: erasedMark }).safeParse(document).data?.erased

/** The same for a text; of what is no JSON, nobody was. */
export function erasedMarkIn(text: string): ErasedMark | undefined {
  try {
    return erasedMarkOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The digest by which others name it: that of before, where a person was erased since. */
export const digestBefore = (text: string, sha256: Sha256): string => erasedMarkIn(text)?.sha256 ?? sha256(text)
