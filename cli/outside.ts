/** Everything a command may reach beside its arguments: tests hand in their own. */
export interface Outside {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** The reader's own IANA zone. */
  readonly zone: string
  /** How wide a line may be. */
  readonly columns: number
  /** A terminal that may be repainted. */
  readonly live: boolean
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** Absent where no terminal is there to answer. */
  readonly ask?: (question: string) => Promise<string>
}
