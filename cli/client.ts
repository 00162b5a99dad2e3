import { setTimeout as sleep } from 'node:timers/promises'
import type { TokenCredential } from '@azure/identity'
import type { z } from 'zod'
import { answered } from '../src/contracts/http/components.ts'
import type { Description } from '../src/contracts/http/description.ts'
import { descriptions, type AnswersOf, type BodyFor, type QueryFor } from '../src/contracts/http/descriptions.ts'
import { operations, type OperationId, type Operations } from '../src/contracts/http/operations.ts'
import type { ParametersOf } from '../src/contracts/http/parameters.ts'
import { parsedJson } from '../src/domain/terms/parsed-json.ts'
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
  /** Where it is not done yet: when to look again. */
  readonly againSeconds: number
}

/** What an operation is called with: the parameters of its path, and what its description says of query and body. */
export type Sending<Id extends OperationId> = ParametersOf<Operations[Id]['path']> & {
  readonly query?: QueryFor<Id>
  readonly body?: BodyFor<Id>
  readonly headers?: Readonly<Record<string, string>>
}

/** Operations that may have to wait on Azure. */
type WaitingOperation = { [Id in OperationId]: Operations[Id] extends { again: OperationId } ? Id : never }[OperationId]

/** What they give in the end. */
export type InTheEnd<Id extends OperationId> = Extract<AnswersOf<Id>, { status: 200 }>['body']

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

  /** Calls an operation of the API; what it answers is held to the operation's own schemas. */
  async call<Id extends OperationId>(id: Id, sending: Sending<Id>): Promise<Reply & AnswersOf<Id>> {
    const reply = await this.ask(id, sending)
    const { answers }: Description = descriptions[id]
    const schema = answers[reply.status]?.schema
    const body = schema && answered[schema].parse(JSON.parse(reply.text))
    return { ...reply, body } as Reply & AnswersOf<Id> // of this status, by the schema that the type is made of
  }

  /** Calls one that may have to wait on Azure, and looks again where it says, as long as the app asks for patience. */
  async callToTheEnd<Id extends WaitingOperation>(id: Id, sending: Sending<Id>): Promise<InTheEnd<Id>> {
    let reply: Reply & { readonly status: number; readonly body: unknown } = await this.call(id, sending)
    for (let look = 0; look < mostLooks && reply.status === 202; look++) {
      await sleep(reply.againSeconds * 1000, undefined, { signal: this.#outside.signal })
      const { run } = answered.Waiting.parse(reply.body)
      reply = await this.call(operations[id].again, { run })
    }
    if (reply.status === 202) throw stillWaiting()
    return reply.body as InTheEnd<Id> // what is looked at again answers as the first would have
  }

  /** The same as it came, e.g. a hand-off as Markdown. */
  async ask<Id extends OperationId>(id: Id, sending: Sending<Id>): Promise<Reply> {
    const { body, headers = {} }: { body?: unknown; headers?: Readonly<Record<string, string>> } = sending
    const response = await this.#fetch(`${this.#target.url}/api/${addressOf(id, sending)}`, {
      method: operations[id].method,
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
    const againSeconds = Number(response.headers.get('retry-after') ?? 2)
    return { status: response.status, text, etag: response.headers.get('etag'), date, againSeconds }
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
    // The embedded host takes a person's word for the authentication context, as for their name.
    const met = this.#outside.env['CKEY_LOCAL_ACRS']
    if (isLoopback(url)) return { ...(as !== undefined && { 'x-local-user': as }), ...(met && { 'x-local-acrs': met }) }
    try {
      this.#credential ??= await signedIn()
      const token = await this.#credential.getToken(`${audience ?? ''}/.default`)
      return { authorization: `Bearer ${token?.token ?? ''}` }
    } catch (error) {
      throw new CkeyError(tokenRefusal(audience ?? '', error), exitCodes.unreached)
    }
  }
}

/** Ten minutes, at two seconds each. */
const mostLooks = 300

const stillWaiting = (): CkeyError =>
  new CkeyError(
    'Azure has not answered the app for ten minutes. Nothing was decided. Look with ckey doctor, and try again later.',
    exitCodes.refused
  )

/** The path with its parameters and query. */
function addressOf<Id extends OperationId>(id: Id, sending: Sending<Id>): string {
  const given: Readonly<Record<string, unknown>> = sending
  const path = operations[id].path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(given[name]))
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given['query'] ?? {}))
    if (value !== undefined) query.set(name, String(value))
  return query.size === 0 ? path : `${path}?${query.toString()}`
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

function refusalOf(status: number, text: string, { url, audience }: Target): CkeyError {
  const problem = problemDocument.safeParse(parsedJson(text)).data
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
  const stronger = problem.claims === undefined ? [] : [`  ${strongerSignIn(problem, audience)}`]
  return new CkeyError([`${problem.title}. ${problem.detail}`, ...faults, ...stronger].join('\n'), code, problem)
}

/** Azure CLI 2.76 or later: https://learn.microsoft.com/cli/azure/reference-index#az-login */
const strongerSignIn = ({ tenantId = '', claims = '' }: ProblemDocument, audience: string | undefined): string =>
  audience === undefined
    ? 'CKEY_LOCAL_ACRS=c1 says on the embedded host that the context c1 was met.'
    : `az login --tenant ${tenantId} --scope "${audience}/.default" --claims-challenge "${claims}"`

type ProblemDocument = z.output<typeof problemDocument>
