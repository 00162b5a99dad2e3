import type { TokenCredential } from '@azure/identity'
import type { z } from 'zod'
import { problemDocument } from '../src/domain/views/documents.ts'
import type { Outside } from './outside.ts'
import { CkeyError, exitCodes } from './report.ts'
import { tokenRefusal } from './token-refusal.ts'

/** Where the app is, and who acts. */
export interface Target {
  readonly url: string
  /** On the embedded host: the person who acts. In Azure the signed-in person is. */
  readonly as?: string
  /** In Azure: what a token is asked for, e.g. `api://<client id>`. */
  readonly audience?: string
}

export interface Reply {
  readonly status: number
  readonly text: string
  readonly etag: string | null
  /** The app's clock when it answered; a rehearsal's is not the machine's. */
  readonly date: Date
}

export interface Sending {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** The app's HTTP API as a person uses it. Refusals become errors that say what to do. */
export class Client {
  readonly #target: Target
  readonly #outside: Outside
  #credential: TokenCredential | undefined

  constructor(target: Target, outside: Outside) {
    this.#target = checked(target)
    this.#outside = outside
  }

  get url(): string {
    return this.#target.url
  }

  async get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    return schema.parse(JSON.parse((await this.ask('GET', path)).text))
  }

  async post<Schema extends z.ZodType>(path: string, schema: Schema, body: unknown): Promise<z.output<Schema>> {
    return schema.parse(JSON.parse((await this.ask('POST', path, { body })).text))
  }

  async ask(method: 'GET' | 'POST', path: string, { body, headers = {} }: Sending = {}): Promise<Reply> {
    const response = await this.#fetch(`${this.#target.url}/api/${path}`, {
      method,
      redirect: 'manual', // the platform sends a browser to its sign-in page
      signal: AbortSignal.any([this.#outside.signal, AbortSignal.timeout(90_000)]),
      headers: {
        ...(await this.#identity()),
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await response.text()
    if (response.status >= 300 && response.status !== 304) throw refusalOf(response.status, text, this.#target)
    const date = new Date(response.headers.get('date') ?? this.#outside.now())
    return { status: response.status, text, etag: response.headers.get('etag'), date }
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, init)
    } catch (error) {
      if (this.#outside.signal.aborted) throw error
      const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
      throw new CkeyError(
        `The app was not reached at ${this.#target.url}: ${why}. Start it (npm start), or give its address with --url or CKEY_URL.`,
        exitCodes.unreached
      )
    }
  }

  async #identity(): Promise<Record<string, string>> {
    const { url, as, audience } = this.#target
    if (isLoopback(url)) return as === undefined ? {} : { 'x-local-user': as }
    try {
      this.#credential ??= await signedIn()
      const token = await this.#credential.getToken(`${audience ?? ''}/.default`)
      return { authorization: `Bearer ${token?.token ?? ''}` }
    } catch (error) {
      throw new CkeyError(tokenRefusal(audience ?? '', error), exitCodes.unreached)
    }
  }
}

const isLoopback = (url: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)

function checked(target: Target): Target {
  const url = target.url.replace(/\/+$/, '').replace(/\/api$/, '')
  if (!URL.canParse(url))
    throw new CkeyError(
      `--url ${url} is no address. Give one like https://ckey-app.azurewebsites.net.`,
      exitCodes.unusable
    )
  if (!isLoopback(url) && new URL(url).protocol !== 'https:') {
    throw new CkeyError(`--url ${url} would send your sign-in unencrypted. Use https.`, exitCodes.unusable)
  }
  if (!isLoopback(url) && target.as !== undefined) {
    throw new CkeyError(
      '--as is for the embedded host only: in Azure you act as who you are signed in as. Leave it out.',
      exitCodes.unusable
    )
  }
  if (!isLoopback(url) && target.audience === undefined) {
    throw new CkeyError(
      'In Azure a token needs the app’s audience. Give --audience api://<client id> or set CKEY_AUDIENCE.',
      exitCodes.unusable
    )
  }
  return { ...target, url }
}

/** The person's own sign-in of the Azure tools on this machine; never an identity of the app. Loaded when needed. */
async function signedIn(): Promise<TokenCredential> {
  const { AzureCliCredential, AzureDeveloperCliCredential, AzurePowerShellCredential, ChainedTokenCredential } =
    await import('@azure/identity')
  return new ChainedTokenCredential(
    new AzureCliCredential(),
    new AzureDeveloperCliCredential(),
    new AzurePowerShellCredential()
  )
}

function refusalOf(status: number, text: string, { url }: Target): CkeyError {
  const problem = problemDocument.safeParse(parsed(text)).data
  if (!problem) {
    const signIn = status === 401 || (status >= 300 && status < 400)
    return new CkeyError(
      signIn
        ? `Nobody is signed in at ${url}. Sign in with az login, or say who acts with --as.`
        : `${url} answered ${String(status)} without saying why. Is it the address of this app?`,
      exitCodes.unreached
    )
  }
  const faults = (problem.faults ?? []).map(({ path, message }) => `  ${path || '/'}  ${message}`)
  const code =
    status === 401 ? exitCodes.unreached : [400, 413, 422].includes(status) ? exitCodes.unusable : exitCodes.refused
  return new CkeyError([`${problem.title}. ${problem.detail}`, ...faults].join('\n'), code, problem)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
