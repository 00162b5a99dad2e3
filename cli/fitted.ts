import { wrapped } from '../src/domain/terms/wrapped.ts'

/** A command to copy stays in one piece, however long; so does what stands for itself as it came, as a mail’s text. */
const inOnePiece = /^\s*(?:(?:look: )?(?:ckey|az|npm|npx|sha256sum|git|curl) |\| )/

/** What a line begins with that those it goes on in stand below of: blanks, and a mark. */
const beginning = /^\s*(?:[✓✗●○·!+*] )?/u

/** All of them, as they are printed. */
export const fittedText = (lines: readonly string[], columns: number): string =>
  `${lines.flatMap((line) => fitted(line, columns)).join('\n')}\n`

/** A line for a terminal of so many columns. */
export function fitted(line: string, columns: number): string[] {
  if (line.length <= columns || inOnePiece.test(line)) return [line]
  const first = beginning.exec(line)?.[0] ?? ''
  return wrapped(first, line.slice(first.length), columns)
}
