import { readFile } from 'node:fs/promises'
import { parseRequest, type OnboardingRequest } from '../src/domain/request/request.ts'
import { CkeyError, exitCodes } from './report.ts'

/** Reads a request, or lists every fault of it. */
export async function requestOf(file: string): Promise<OnboardingRequest> {
  const parsed = parseRequest(await jsonOf(file))
  if (parsed.ok) return parsed.request
  const lines = parsed.faults.map(({ path, message }) => `  ${path || '/'}  ${message}`)
  throw new CkeyError(
    [`${file} has faults; nothing was sent. Mend every one and try again:`, ...lines].join('\n'),
    exitCodes.unusable,
    { error: `${file} has faults`, faults: parsed.faults }
  )
}

async function jsonOf(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CkeyError(
      `${file} cannot be read as JSON: ${why}. Give a file like those in samples/.`,
      exitCodes.unusable
    )
  }
}
