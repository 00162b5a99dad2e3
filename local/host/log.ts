export type Level = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none'

export interface LogEntry {
  readonly level: Level
  /** The function or the part of the host that speaks. */
  readonly source: string
  readonly message: string
}

export type Log = (entry: LogEntry) => void

const order: readonly string[] = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none']

/** One line per entry on standard error, from `least` upwards. */
export function stderrLog(least: Level): Log {
  const floor = order.indexOf(least)
  return ({ level, source, message }) => {
    if (order.indexOf(level) < floor) return
    process.stderr.write(`${level === 'information' ? '' : `${level}: `}[${source}] ${message}\n`)
  }
}

export function isLevel(value: unknown): value is Level {
  return typeof value === 'string' && order.includes(value)
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
