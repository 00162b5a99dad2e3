import type { Command } from 'commander'
import type { Outside } from './outside.ts'
import type { Report } from './report.ts'

/** What a command is given to add itself with. */
export interface Shell {
  readonly outside: Outside
  /** Wraps what a command does, so that its report is printed for people or, with `--json`, for programs. */
  readonly does: <Args extends unknown[]>(work: (...args: Args) => Promise<Report>) => (...args: Args) => Promise<void>
}

/** Adds one command to the program. One per file in `commands/`. */
export type AddCommand = (program: Command, shell: Shell) => void
