import type { WriteStream } from 'node:tty'
import type { Say } from './narrate.ts'

/** Lines that stay, and below them, in a terminal, one that says what is going on right now. */
export interface LivePrinter {
  readonly say: Say
  /** Replaces the running line; ignored where there is no terminal. */
  readonly now: Say
  /** Takes the running line away. */
  readonly end: () => void
}

export const clearLine = '\r\u001b[2K'

const usualColumns = 80

/** Prints each line once. Only a terminal gets a running line: elsewhere it would be noise. */
export function livePrinter(out: NodeJS.WriteStream | WriteStream): LivePrinter {
  let running = ''
  const show = (line: string): void => {
    running = line
    out.write(clearLine + line.slice(0, (out.columns || usualColumns) - 1))
  }
  if (!out.isTTY) return { say: (line) => void out.write(`${line}\n`), now: () => undefined, end: () => undefined }
  return {
    say: (line) => {
      out.write(`${clearLine}${line}\n`)
      if (running !== '') show(running)
    },
    now: show,
    end: () => show('')
  }
}
