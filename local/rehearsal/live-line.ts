import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'
import type { Say } from './narrate.ts'

/** Lines that stay, and below them, in a terminal, one that says what is going on right now. */
export interface LivePrinter {
  readonly say: Say
  /** Replaces the running line; ignored where there is no terminal. */
  readonly now: Say
  /** Takes the running line away. */
  readonly end: () => void
  /** How wide a line may be. */
  readonly columns: number
}

export const clearLine = '\r\u001b[2K'

const usualColumns = 80

/** Prints each line once. Only a terminal gets a running line: elsewhere it would be noise. */
export function livePrinter(out: NodeJS.WriteStream | WriteStream): LivePrinter {
  const columns = Math.max(out.columns || usualColumns, usualColumns)
  let running = ''
  const show = (line: string): void => {
    running = line
    out.write(clearLine + line.slice(0, (out.columns || usualColumns) - 1))
  }
  if (!out.isTTY)
    return { say: (line) => void out.write(`${line}\n`), now: () => undefined, end: () => undefined, columns }
  return {
    columns,
    say: (line) => {
      out.write(`${clearLine}${painted(line, out)}\n`)
      if (running !== '') show(running)
    },
    now: show,
    end: () => show('')
  }
}

const colours = { '✓': 'green', '✗': 'red', '!': 'yellow', '▸': 'cyan' } as const

/** The first mark of a line in its colour, where the terminal has colours and NO_COLOR is not set. */
function painted(line: string, stream: NodeJS.WriteStream | WriteStream): string {
  return line.replace(/^( {2,4}(?:\d\d:\d\d {2})?)([✓✗!▸])/u, (all, before: string, mark: keyof typeof colours) =>
    before === '' ? all : before + styleText(colours[mark], mark, { stream })
  )
}
