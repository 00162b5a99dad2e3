/**
 * Lines of at most `columns`, broken between words; all but the first begin with as many blanks as `first` is long. A word
 * that is longer stays whole: nobody copies half an address.
 */
export function wrapped(first: string, text: string, columns: number): string[] {
  const [indent, lines] = [' '.repeat(first.length), [] as string[]]
  let line = first
  let isEmpty = true
  for (const word of text.split(' ')) {
    if (isEmpty && word === '') continue // of several blanks, where a line breaks
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = indent
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line].map((each) => each.trimEnd())
}
