/** What a command has to say: `data` for `--json`, `lines` for people. */
export interface Report {
  readonly data: unknown
  readonly lines: readonly string[]
  /** Default `exitCodes.done`. */
  readonly exitCode?: number
}

/** Documented in docs/operator-guide.md and in `ckey --help`. */
export const exitCodes = {
  done: 0,
  /** The app refused, the onboarding ended otherwise, or a check of the command failed. */
  refused: 1,
  /** A command line, a request or an answer that cannot be used. Nothing was sent or recorded. */
  unusable: 2,
  /** The app was not reached, or nobody is signed in. */
  unreached: 3,
  interrupted: 130
} as const

/** Ends a command with an exit code. The message has three beats: what happened, to what, what to do. */
export class CkeyError extends Error {
  override readonly name = 'CkeyError'
  readonly exitCode: number
  /** For `--json`, e.g. a problem document. */
  readonly data: unknown

  constructor(message: string, exitCode: number, data: unknown = { error: message }) {
    super(message)
    this.exitCode = exitCode
    this.data = data
  }
}
