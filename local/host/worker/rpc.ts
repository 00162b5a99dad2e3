/** The slice of the worker's wire types that our triggers use. All absent stands for JavaScript's `undefined`. */
export interface RpcData {
  string?: string | null
  json?: string | null
  bytes?: Uint8Array | null
  int?: number | null
  double?: number | null
  http?: RpcHttp | null
}

export interface RpcHttp {
  method?: string
  url?: string
  headers?: Record<string, string>
  params?: Record<string, string>
  query?: Record<string, string>
  body?: RpcData | null
  statusCode?: string
  cookies?: RpcCookie[]
}

export interface RpcCookie {
  name: string
  value: string
  domain?: { value: string } | null
  path?: { value: string } | null
  expires?: { value: unknown } | null
  secure?: { value: boolean } | null
  httpOnly?: { value: boolean } | null
  sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone'
  maxAge?: { value: number } | null
}

export interface RpcBinding {
  readonly type?: string
  readonly direction?: string
  readonly [setting: string]: unknown
}

export interface FunctionMetadata {
  readonly name: string
  readonly bindings: Readonly<Record<string, RpcBinding>>
}

export type Handler = (...args: unknown[]) => unknown

/** JSON of what a function returned: `null` for nothing. Bytes become Base64, as the Functions host makes of them. */
export function jsonOf(data: RpcData | null | undefined): string | null {
  if (data === null || data === undefined) return null
  if (typeof data.json === 'string') return data.json
  if (typeof data.string === 'string') return JSON.stringify(data.string)
  const number = data.int ?? data.double
  if (number !== null && number !== undefined) return JSON.stringify(number)
  if (data.bytes) return JSON.stringify(Buffer.from(data.bytes).toString('base64'))
  return null
}

/**
 * A text, which `@azure/functions` tries to parse as JSON, as the worker's texts are. Where that would fail it goes as a
 * JSON text right away, which comes to the same and costs no exception.
 */
export function textData(text: string): RpcData {
  return /^\s*(?:[[{"]|(?:-?\d[\d.eE+-]*|true|false|null)\s*$)/.test(text)
    ? { string: text }
    : { json: JSON.stringify(text) }
}
