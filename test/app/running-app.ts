import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect } from 'vitest'
import { onboardingView, type OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import { setStage } from '../../local/rehearsal/stage.ts'
import { openStage, type Stage } from '../../local/stage/stage.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { watchContract } from '../contract/watch.ts'
import { expectHeld } from '../recount/held.ts'
import { fabrikam } from './requests.ts'

export interface Sent {
  readonly method?: string
  /** Who is signed in; nobody when absent. */
  readonly actor?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** What Azure has yet to answer is not looked at again. */
  readonly once?: true
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
}

export interface Reply {
  readonly status: number
  readonly type: string | null
  readonly location: string | null
  readonly text: string
  /** Undefined for an empty answer. */
  readonly body: unknown
}

/** The app on the embedded host, against a simulated Azure, with nobody in any script: tests are the people. */
export interface RunningApp {
  readonly stage: Stage
  ask(path: string, sent?: Sent): Promise<Reply>
  /** Starts an onboarding as a person would: reads the plan's digest out of the refusal, then sends it. */
  start(request: OnboardingRequest): Promise<Reply>
  view(id: string): Promise<OnboardingView>
  /** Looks until it is so; fails with what was seen last. */
  until(id: string, isSo: (view: OnboardingView) => boolean): Promise<OnboardingView>
  answer(id: string, task: string, actor: string, answer: unknown): Promise<Reply>
  /** Ends it, so that its tenant is free again. */
  end(id: string): Promise<void>
  /** Ends whatever runs. */
  endAll(): Promise<void>
  /** How many instances of onboardings were ever started. */
  instances(): number
}

export const alice = 'alice@fabrikam.com'
export const bob = 'bob@fabrikam.com'

export interface AppOptions {
  /** A test writes what only the app may: there is nothing to count anew. */
  readonly forges?: true
}

/** One app for all tests of a file, in this process. */
export function useApp(
  settings: Readonly<Record<string, string>> = {},
  request = fabrikam(),
  { forges }: AppOptions = {}
): RunningApp {
  let stage: Stage | undefined
  const contract = watchContract()
  beforeAll(async () => {
    stage = await openStage({ request, microsoft: { approveAfterBusinessDays: 4 }, settings })
    stage.azure.onAnswered(contract)
  }, 60_000)
  afterAll(async () => {
    try {
      if (stage && !forges) await expectHeld(stage.azure)
    } finally {
      await stage?.strike()
    }
  })
  const there = (): Stage => {
    if (!stage) throw new Error('The app has not started.')
    return stage
  }
  return appOn(there)
}

/** What is deployed, on a host that is a process of its own. */
export function useDeployed(app: string): Pick<RunningApp, 'ask'> {
  let stage: Awaited<ReturnType<typeof setStage>> | undefined
  const contract = watchContract()
  beforeAll(async () => {
    stage = await setStage({
      request: fabrikam(),
      keep: undefined,
      app,
      clock: { mode: 'skip', startAt: new Date('2026-11-23T17:00:00Z') },
      port: 0,
      microsoft: { approveAfterBusinessDays: 4 },
      onHostPid: () => undefined
    })
    stage.azure.onAnswered(contract)
  }, 60_000)
  afterAll(() => stage?.strike())
  return { ask: askOf(() => stage?.host.ready) }
}

const askOf =
  (base: () => Promise<string> | undefined): RunningApp['ask'] =>
  async (path, sent = {}) => {
    let response = await fetch(`${(await base()) ?? ''}${path}`, requestOf(sent))
    while (response.status === 202 && response.headers.has('retry-after') && !sent.once) {
      const place = response.headers.get('location') ?? ''
      if (place.startsWith('/api/onboardings/')) break // started, and nothing is waited for
      await sleep(50)
      const { raw: _, body: __, ...rest } = sent
      response = await fetch(`${(await base()) ?? ''}${place}`, requestOf({ ...rest, method: 'GET' }))
    }
    const text = await response.text()
    const type = response.headers.get('content-type')
    const body: unknown = /json/.test(type ?? '') ? JSON.parse(text) : undefined
    return { status: response.status, type, location: response.headers.get('location'), text, body }
  }

/** How long tests wait for the app to come to something. */
const patienceMs = 55_000

function appOn(there: () => Stage): RunningApp {
  const ask = askOf(() => there().host.ready)
  const view: RunningApp['view'] = async (id) =>
    onboardingView.parse((await ask(`/api/onboardings/${id}`, { actor: alice })).body)
  const until: RunningApp['until'] = async (id, isSo) => {
    for (const started = performance.now(); ; ) {
      const seen = await view(id)
      if (isSo(seen)) return seen
      if (performance.now() > started + patienceMs) throw new Error(`It did not come to that: ${JSON.stringify(seen)}`)
      await sleep(20)
    }
  }
  const answer: RunningApp['answer'] = async (id, task, actor, content) => {
    if (task.startsWith('approve-')) await ask(`/api/onboardings/${id}/plan`, { actor }) // nobody approves what they have not read
    return ask(`/api/onboardings/${id}/tasks/${task}`, { method: 'POST', actor, body: content })
  }
  /** Between two waits the app asks nothing: whoever finds it busy says it again. */
  const end = async (id: string): Promise<void> => {
    for (let status = 409; status === 409; ) {
      const { tasks } = await until(
        id,
        (seen) => seen.status !== 'running' || seen.tasks.some(({ name }) => name === 'cancel')
      )
      if (tasks.length === 0) break
      status = (await answer(id, 'cancel', alice, { reason: 'the test is over' })).status
      expect([202, 409]).toContain(status)
    }
    await until(id, (seen) => seen.status !== 'running')
  }
  return {
    get stage() {
      return there()
    },
    ask,
    view,
    until,
    answer,
    end,
    endAll: async () => {
      const { body } = await ask('/api/onboardings?status=running', { actor: alice })
      for (const { id } of (body as { items: { id: string }[] }).items) await end(id)
    },
    start: async (request) => {
      const unread = await ask('/api/onboardings', { method: 'POST', actor: alice, body: request })
      const { digest } = unread.body as { digest?: string }
      return ask('/api/onboardings', { method: 'POST', actor: alice, body: { ...request, planDigest: digest } })
    },
    instances: () =>
      Number(
        there().state.prepare("SELECT count(*) AS count FROM instances WHERE id LIKE 'onboarding.%'").get()?.['count']
      )
  }
}

function requestOf({ method = 'GET', actor, headers = {}, body, raw }: Sent): RequestInit {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  return {
    method,
    headers: {
      'content-type': 'application/json',
      ...headers,
      ...(actor === undefined ? {} : { 'x-local-user': actor })
    },
    ...(content === undefined ? {} : { body: content })
  }
}

/** What every refusal looks like (RFC 9457). */
export const refused = (status: number, members: object = {}): object => ({
  status,
  type: 'application/problem+json; charset=utf-8',
  body: { status, type: expect.stringMatching(/^urn:customer-key:problem:[a-z-]+$/), ...members }
})

/** A list that holds a fault at each of these paths. */
export const faultsAt = (...paths: string[]): unknown =>
  expect.arrayContaining(paths.map((path) => ({ path, message: expect.stringMatching(/\.$/) })))

/** Brings an onboarding of one SharePoint policy past both approvals, by answering what is asked. */
export async function toApproved(app: RunningApp, request: OnboardingRequest): Promise<void> {
  const { id } = request
  await app.start(request)
  await fromOffersToApproved(app, id)
}

/** Records the one offer of SharePoint, and waits for the approvals. */
export async function fromOffersToApprovals(app: RunningApp, id: string): Promise<OnboardingView> {
  await app.until(id, (view) => view.step === 'offers')
  await app.answer(id, 'offer-sharepoint', alice, {
    requestId: 'FT-1',
    officers: [{ name: 'Olga', email: 'olga@fabrikam.com' }],
    signedInAs: 'admin@fabrikam.com',
    chosenOffer: 'Request encryption key help for SharePoint and OneDrive for Business'
  })
  return app.until(id, (view) => view.step === 'approvals')
}

/** The same, past both approvals. */
export async function fromOffersToApproved(app: RunningApp, id: string): Promise<void> {
  const { planDigest } = await fromOffersToApprovals(app, id)
  await app.answer(id, 'approve-slot-1', alice, { planDigest })
  await app.answer(id, 'approve-slot-2', bob, { planDigest })
}
