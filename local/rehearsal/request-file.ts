import { readFileSync } from 'node:fs'
import { parseRequest, type OnboardingRequest } from '../../src/domain/request/request.ts'

/** Reads a request from a file. Throws one error that lists every fault with its path. */
export function readRequestFile(file: string): OnboardingRequest {
  const parsed = parseRequest(jsonOf(file))
  if (parsed.ok) return parsed.request
  const faults = parsed.faults.map(({ path, message }) => `  ${path || '/'}  ${message}`)
  throw new Error([`${file} cannot be rehearsed. Mend every fault and try again:`, ...faults].join('\n'))
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`${file} cannot be read as JSON: ${why}. Give a file like those in samples/.`, { cause: error })
  }
}

/** Whether somebody wants to know how to call. */
export const asksForHelp = (argv: readonly string[]): boolean => argv.some((word) => word === '--help' || word === '-h')

/** The options, or one error with all that is wrong with them. */
export function orFaults<T>(faults: readonly string[], usage: string, options: T): T {
  if (faults.length > 0) throw new Error([...faults, `Usage: ${usage}`].join('\n'))
  return options
}
