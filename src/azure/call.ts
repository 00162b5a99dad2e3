import type { TokenCredential } from '@azure/core-auth'
import type { Config } from '../config/config.ts'
import type { Call, Identity } from '../domain/terms/evidence.ts'
import type { Reading } from '../domain/terms/reading.ts'
import { answers, type AnswerName, type AnswerTo } from './answers/answers.ts'
import { asking, expectOn, type Expected } from './answers/expected.ts'
import { AzureCallError } from './errors.ts'
import { momentOf, pathOf, requestIdOf, type HttpAnswer } from './request-id.ts'
import { inCall } from './telemetry.ts'
import { translate } from './translate.ts'

/** One identity's way into Azure. Everything made from it acts as that identity and no other. */
export interface Connection {
  readonly identity: Identity
  readonly credential: TokenCredential
  readonly config: Pick<Config, 'stores' | 'mail' | 'events' | 'callTimeoutSeconds' | 'retryDelayMs'>
}

/** Goes into every SDK call: the SDKs have no timeout of their own, and hide the request id otherwise. */
export interface CallOptions {
  readonly abortSignal: AbortSignal
  readonly onResponse: (answer: HttpAnswer) => void
  /** For clients that hand out the id itself instead, of what they asked at which address. */
  readonly onRequestId: (requestId: string | undefined, url?: string, at?: string) => void
}

/** Options of a call whose answers are held to a shape. */
export type Expecting<T> = CallOptions & Expected<T>

/** The only way to options: whoever calls says what to, e.g. `to('vaults.get')`. */
export type To = <Name extends AnswerName>(name: Name) => Expecting<AnswerTo<Name>>

/** Asks one service. A failure of Azure throws an `AzureCallError`. `operation` reads like `GET subscription`. */
export type Ask = <T>(operation: string, work: (to: To) => Promise<T>) => Promise<Reading<T>>

export function createAsk({ identity, config }: Connection, service: string): Ask {
  return (operation, work) =>
    inCall(service, { operation, identity }, async () => {
      let requestId = ''
      let path: string | undefined
      let at: string | undefined
      const onRequestId: CallOptions['onRequestId'] = (id = '', url, moment) => {
        requestId = id || requestId
        path = pathOf(url) ?? path
        at = moment ?? at
      }
      const called = (): Call => ({ operation, requestId, identity, ...(path && { path }), ...(at && { at }) })
      let isChanged = false
      const onResponse = (answer: HttpAnswer) => {
        const { url, method = 'GET' } = answer.request ?? {}
        const isRead = ['GET', 'HEAD'].includes(method)
        // Whoever changed something and looks what became of it is asked about the change.
        if (!isChanged || !isRead) onRequestId(requestIdOf(answer), url, momentOf(answer))
        isChanged ||= !isRead
      }
      const timeout = AbortSignal.timeout(config.callTimeoutSeconds * 1000)
      const links = new Set<string>()
      const to: To = (name) => {
        const abortSignal = AbortSignal.any([timeout]) // one for each call: answers are told apart by it
        const shape = answers[name]
        expectOn(abortSignal, { shape, links })
        return { abortSignal, shape, links, onResponse, onRequestId }
      }
      try {
        const value = await asking({ timeout, onAnswer: onResponse }, () => work(to))
        return { value, call: called() }
      } catch (error) {
        throw translate(error, service, called())
      }
    })
}

/** Reads `undefined` where Azure says, with one of these codes, that the thing itself is not there. */
export async function absentOn<T>(
  codes: readonly string[],
  asked: Promise<Reading<T>>
): Promise<Reading<T | undefined>> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof AzureCallError && error.kind === 'not-found' && codes.includes(error.code)) {
      return { value: undefined, call: error.call }
    }
    throw error
  }
}

/** The same answer in other words. */
export function reword<T, U>({ value, ...by }: Reading<T>, into: (value: T) => U): Reading<U> {
  return { value: into(value), ...by }
}
