import { parse } from 'yaml'
import { z } from 'zod'

/** One request of a recording, and what was answered. */
export interface Recorded {
  readonly method: string
  readonly url: URL
  /** Names in lower case. */
  readonly asked: Readonly<Record<string, string>>
  /** What was sent, as text; absent where nothing was. */
  readonly sent?: string
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The exchanges of a recording: of vcrpy (Azure CLI, SDK for Python), of the test proxy and its forerunner
 * (SessionRecords of .NET and PowerShell), or of the SDK for Java. What is none of them has no exchange.
 */
export function readRecording(name: string, text: string): Recorded[] {
  const given: unknown = /\.ya?ml$/.test(name) ? parse(text, { logLevel: 'silent' }) : JSON.parse(text)
  for (const format of [ofVcrpy, ofTestProxy, ofJava]) {
    const read = format.safeParse(given)
    if (read.success) return read.data
  }
  return []
}

const text = z.union([
  z.string(),
  z.null().transform(() => ''),
  z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString('utf8')),
  z.unknown().transform((value) => JSON.stringify(value))
])
const one = z.union([z.string(), z.array(z.coerce.string()).transform(([first = '']) => first), z.coerce.string()])
const headers = z
  .record(z.string(), one)
  .transform((given) => Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value])))
const url = z.string().transform((given) => new URL(given, 'https://management.azure.com'))

const ofVcrpy = z
  .object({
    interactions: z.array(
      z.object({
        request: z.object({ method: z.string(), uri: url, body: text.optional(), headers: headers.default({}) }),
        response: z.object({
          status: z.object({ code: z.number() }),
          headers,
          body: z.object({ string: text }).transform(({ string }) => string)
        })
      })
    )
  })
  .transform(({ interactions }) =>
    interactions.map(({ request, response }) => ({
      method: request.method,
      url: request.uri,
      asked: request.headers,
      ...(request.body !== undefined && { sent: request.body }),
      status: response.status.code,
      headers: response.headers,
      body: response.body
    }))
  )

const ofTestProxy = z
  .object({
    Entries: z.array(
      z.object({
        RequestUri: url,
        RequestMethod: z.string(),
        RequestBody: text.optional(),
        RequestHeaders: headers.default({}),
        ResponseHeaders: headers,
        ResponseBody: text.default(''),
        StatusCode: z.number()
      })
    )
  })
  .transform(({ Entries }) =>
    Entries.map((each) => ({
      method: each.RequestMethod,
      url: each.RequestUri,
      asked: each.RequestHeaders,
      ...(each.RequestBody !== undefined && { sent: each.RequestBody }),
      status: each.StatusCode,
      headers: each.ResponseHeaders,
      body: each.ResponseBody
    }))
  )

/** Status, body and headers stand side by side here. */
const ofJava = z
  .object({
    networkCallRecords: z.array(
      z.object({ Method: z.string(), Uri: url, Response: z.record(z.string(), z.unknown().transform(String)) })
    )
  })
  .transform(({ networkCallRecords }) =>
    networkCallRecords.map(({ Method, Uri, Response: { StatusCode, Body = '', ...rest } }) => ({
      method: Method,
      url: Uri,
      asked: {},
      status: Number(StatusCode),
      headers: headers.parse(rest),
      body: Body
    }))
  )
