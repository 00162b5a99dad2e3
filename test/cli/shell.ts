import { run } from '../../cli/program.ts'

export interface Printed {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Shell {
  /** Runs `ckey` with these words, without a terminal unless answers are given. */
  ckey(...words: string[]): Promise<Printed>
}

export interface ShellOptions {
  readonly env: Readonly<Record<string, string>>
  /** What a person at a terminal types, in order; absent: there is no terminal. */
  readonly typed?: readonly string[]
  readonly columns?: number
  /** Told of each command line and what it printed. */
  readonly record?: (line: string, printed: Printed) => void
}

/** The command line in this process, its output kept. */
export function shellFor({ env, typed, columns, record }: ShellOptions): Shell {
  const answers = [...(typed ?? [])]
  return {
    async ckey(...words) {
      let [out, err] = ['', '']
      const code = await run(words, {
        out: (text) => {
          out += text
        },
        err: (text) => {
          err += text
        },
        env,
        now: () => new Date(),
        zone: 'Europe/Berlin',
        columns: columns ?? Number.POSITIVE_INFINITY, // a test reads whole sentences
        live: false,
        signal: new AbortController().signal,
        ...(typed
          ? {
              ask: async (question) => {
                out += question
                return answers.shift() ?? ''
              }
            }
          : {})
      })
      record?.(words.map((word) => (/[\s<]/.test(word) ? `"${word}"` : word)).join(' '), { code, out, err })
      return { code, out, err }
    }
  }
}
