import { isRestError } from '@azure/core-rest-pipeline'
import { z } from 'zod'
import { refusalBody } from './answers/expected.ts'

/** What an answer of Azure says of why not. */
export interface Said {
  /** Its codes, from the outermost in. */
  readonly codes: readonly string[]
  /** Its sentence, as it may be shown and kept; empty where it says none. */
  readonly sentence: string
  /** What it names as being in the way. */
  readonly obstacle: string | undefined
}

/** Reads what an SDK client threw: the body of the answer, or what the client made of it. */
export function saidBy(error: unknown): Said {
  if (!isRestError(error) || !error.response) return { codes: [], sentence: '', obstacle: undefined }
  const body = bodyOf(refusalBody(error.response.request) ?? error.response.bodyAsText)
  const header = error.response.headers.get('x-ms-error-code')
  const codes = [error.code, header, ...codesIn(body)].flatMap((code) => (code ? [`${code}`] : []))
  const words = body?.message ?? (error.response.bodyAsText ? `${error.message}` : '') // a client without a body makes its own words
  return { codes, sentence: shown(words), obstacle: obstacleIn(body, words) }
}

type Body = z.output<typeof body>

// Azure Resource Manager names what is within `details`, Key Vault and Microsoft Graph `innererror`, however it is written.
const inner = z
  .object({ code: z.string().optional().catch(undefined) })
  .optional()
  .catch(undefined)
const violation = z.object({
  policyAssignmentId: z.string().optional(),
  policyAssignmentDisplayName: z.string().optional(),
  policyAssignmentName: z.string().optional()
})
const body = z.object({
  code: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  innererror: inner,
  innerError: inner,
  details: z
    .array(z.object({ code: z.string().optional(), message: z.string().optional() }))
    .optional()
    .catch(undefined),
  additionalInfo: z
    .array(z.object({ info: violation.optional().catch(undefined) }))
    .optional()
    .catch(undefined)
})

function bodyOf(text: string | null | undefined): Body | undefined {
  try {
    return z.object({ error: body }).safeParse(JSON.parse(text ?? '')).data?.error
  } catch {
    return undefined
  }
}

const codesIn = (found: Body | undefined): (string | undefined)[] =>
  found
    ? [found.code, ...(found.details ?? []).map(({ code }) => code), found.innererror?.code, found.innerError?.code]
    : []

/** https://learn.microsoft.com/azure/governance/policy/troubleshoot/general tells where the assignment stands. */
function obstacleIn(found: Body | undefined, words: string): string | undefined {
  const info = found?.additionalInfo?.flatMap((each) => each.info ?? [])[0]
  const assignment = info?.policyAssignmentDisplayName ?? info?.policyAssignmentName
  if (info && (assignment ?? info.policyAssignmentId))
    return [assignment && `"${assignment}"`, info.policyAssignmentId].flatMap((part) => part ?? []).join(', ')
  return patterns.flatMap((pattern) => pattern.exec(words)?.slice(1).join(' at ') ?? [])[0]?.replaceAll(/\\?"/g, '')
}

/** The parts of each name it, in their order. */
const patterns = [
  /deny assignment with name '([^']+)' and Id '[^']*' at scope '([^']+)'/i,
  /"?policyAssignment\\?":\s*\{.*?\\?"id\\?":\s*\\?"([^"\\]+)/s,
  /following scope\(s\) are locked: '([^']+)'/,
  /not registered to use namespace '([\w.]+)'/
]

/**
 * Azure's sentence on one line, without what it may quote of people or of what was sent: addresses and whatever looks like a
 * token or a key. Cut to what a finding shows.
 */
function shown(words: string): string {
  const clean = words
    .replace(/\s*\bRequestId:.*$/s, '') // of Storage, which has it in a header as well
    .replaceAll(/\S+@\S+/g, '…')
    .replaceAll(/\beyJ[\w.-]+/g, '…')
    .replaceAll(/[A-Za-z0-9+=_]{48,}/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean
}

const longest = 300
