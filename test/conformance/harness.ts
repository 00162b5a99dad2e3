import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { installFunctionsCore } from '../../local/host/worker/install.ts'

// Before the first import of @azure/functions, which looks for its runtime once.
installFunctionsCore()
const { app } = await import('@azure/functions')
const df = await import('durable-functions')
const { startHost } = await import('../../local/host/host.ts')

export { app, df }

type Host = Awaited<ReturnType<typeof startHost>>
type HostOptions = Parameters<typeof startHost>[0]
type Client = ReturnType<typeof df.getClient>
type Status = Awaited<ReturnType<Client['getStatus']>>

export interface TestHost extends Host {
  /** The client of durable-functions, bound as in any function of an app. */
  readonly client: Client
  /** Everything functions and host have logged. */
  readonly lines: readonly string[]
  /** Waits for the end of an instance. */
  ended(id: string): Promise<Status>
  /** Starts an orchestration and waits for its end. */
  run(name: string, input?: unknown): Promise<Status>
  /** A request to the extension's HTTP API, as in `instances/one/terminate`. */
  api(path: string, init?: RequestInit): Promise<Response>
  /** Names of the events of an instance, in order, with what they are about. */
  history(id: string): Promise<string[]>
}

const WEBHOOK = '/runtime/webhooks/durabletask/'

/** Runs `use` on a host with a skipping clock and a file of its own, whose app is what `register` registers. */
export async function withHost(
  register: () => void,
  use: (host: TestHost) => Promise<void>,
  options: Partial<HostOptions> = {}
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  const host = await open(register, { stateFile: join(folder, 'state.db'), ...options })
  try {
    await use(host)
  } finally {
    await host.stop()
    rmSync(folder, { recursive: true })
  }
}

/** A file that outlives its hosts, for what happens across restarts. */
export async function withStateFile(use: (stateFile: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  try {
    await use(join(folder, 'state.db'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export async function open(
  register: () => void,
  options: Partial<HostOptions> & Pick<HostOptions, 'stateFile'>
): Promise<TestHost> {
  const lines: string[] = []
  let client: Client | undefined
  const host = await startHost({
    clock: 'skip',
    log: ({ message }) => {
      lines.push(message)
    },
    load() {
      register()
      app.http('harness', {
        route: 'harness',
        extraInputs: [df.input.durableClient()],
        handler(_request, context) {
          client = df.getClient(context)
          return { status: 200 }
        }
      })
    },
    ...options
  })
  // With the usual route prefix, or without any.
  for (const prefix of ['/api', '']) await fetch(`${host.url}${prefix}/harness`)
  if (!client) throw new Error('The harness got no durable client.')
  return withHelp(host, client, lines)
}

function withHelp(host: Host, client: Client, lines: string[]): TestHost {
  const api: TestHost['api'] = (path, init) => fetch(`${host.url}${WEBHOOK}${path}`, init)
  const ended: TestHost['ended'] = async (id) => {
    for (const giveUp = Date.now() + 10_000; Date.now() < giveUp; await sleep(5)) {
      const status = await client.getStatus(id)
      if (!['Pending', 'Running', 'Suspended', 'ContinuedAsNew'].includes(status.runtimeStatus)) return status
    }
    throw new Error(
      `Instance "${id}" has not ended: ${JSON.stringify(await client.getStatus(id, { showHistory: true }))}\n${lines.join('\n')}`
    )
  }
  return {
    ...host,
    client,
    lines,
    api,
    ended,
    run: async (name, input) => ended(await client.startNew(name, { input })),
    async history(id) {
      const { historyEvents } = await jsonOf<{ historyEvents: Record<string, string>[] }>(
        api(`instances/${id}?showHistory=true`)
      )
      return historyEvents.map((event) =>
        [event['EventType'], event['FunctionName'] ?? event['Name']].filter(Boolean).join(' ')
      )
    }
  }
}

/** The JSON of an answer; the caller says what it expects. */
export async function jsonOf<T>(response: Response | Promise<Response>): Promise<T> {
  return JSON.parse(await (await response).text()) as T
}

/** Waits until `holds`; fails after five seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const giveUp = Date.now() + 5000; ; await sleep(5)) {
    if (await holds()) return
    if (Date.now() > giveUp) throw new Error('What was waited for has not happened within five seconds.')
  }
}
