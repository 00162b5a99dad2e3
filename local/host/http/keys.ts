import type { RegisteredFunction } from '../worker/registry.ts'
import { triggerOf } from '../worker/supported.ts'
import type { Exchange } from './exchange.ts'

/** Access keys as Azure Functions has them. Without any, as on a laptop, everybody is let in. */
export interface Keys {
  /** Opens everything. */
  readonly master: string
  /** Opens every function of level `function`. */
  readonly function?: string
  /** Open one function of level `function` each, by its name. */
  readonly functions?: Readonly<Record<string, string>>
  /** Opens the webhooks of the extensions. */
  readonly system?: string
}

/** Whether a request may call an HTTP function: by the function's authLevel, which is `function` when not given. */
export function mayCall(keys: Keys | undefined, target: RegisteredFunction, exchange: Exchange): boolean {
  const { authLevel } = triggerOf(target).settings
  const level = typeof authLevel === 'string' ? authLevel.toLowerCase() : 'function'
  if (!keys || level === 'anonymous') return true
  const key = keyIn(exchange)
  if (key === keys.master) return true
  return level === 'function' && key !== undefined && (key === keys.function || key === keys.functions?.[target.name])
}

/** Whether a request may call an extension's webhook. */
export function mayCallWebhook(keys: Keys | undefined, exchange: Exchange): boolean {
  if (!keys) return true
  const key = keyIn(exchange)
  return key !== undefined && (key === keys.master || key === keys.system)
}

/** In the header `x-functions-key`, or else in the query as `code`. */
function keyIn({ headers, url }: Exchange): string | undefined {
  return headers['x-functions-key'] ?? url.searchParams.get('code') ?? undefined
}

/** Throws, with what is wrong, unless this is the content of a file of keys. */
export function parseKeys(content: unknown): Keys {
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
  if (typeof content === 'object' && content !== null && 'master' in content && isText(content.master)) {
    // The other three are only compared with what a request brings.
    return content as Keys
  }
  throw new Error(
    'The file of keys holds no {"master": "…"}. Give at least that one; "function", "functions" and "system" may follow.'
  )
}
