import { sha256 } from '../sha256.ts'

/** The same words give the same GUID: what a second try asks for is what the first one sent. */
export function guidOf(...words: readonly string[]): string {
  const hex = sha256(words.join('\n'))
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-'
  )
}
