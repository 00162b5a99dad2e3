import type { Identity } from '../../src/domain/terms/evidence.ts'
import type { Diagnosis } from '../../src/contracts/diagnosis.ts'
import { countOf, durationOf } from '../../src/domain/terms/words.ts'
import type { Client } from '../client.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../shell.ts'
import { CkeyError, exitCodes } from '../report.ts'
import { readPart } from '../part-option.ts'
import { diagnosisLines } from '../diagnosis-lines.ts'
import { requestOf } from '../request-file.ts'

interface Options extends AppOptions {
  readonly request?: string
  readonly mail?: boolean
  readonly deployed?: string
  readonly part?: readonly Identity[]
}

/** What is missing and how to give it: on this machine, on the way to the app, of the app and, with a request, in Azure. */
export const addDoctor: AddCommand = (program, { outside, does }) => {
  withApp(program.command('doctor').description('what is missing for an onboarding, and how to give it'))
    .option('--request <file>', 'look at its tenant, subscriptions, rights and names as well')
    .option('--mail', 'have the app send you a mail: nothing else proves its sender')
    .option(
      '--deployed <subscription>',
      'instead, signed in with az login: what was deployed into this subscription, the app’s, and into those of the request'
    )
    .option('--part <part>', 'with --deployed: app, slot-1 or slot-2 alone; may be said twice', readPart)
    .action(
      does(async (options: Options) => {
        const { deployed } = options
        if (deployed !== undefined) {
          const { inspectDeployed } = await import('../inspect-deployed.ts') // and the Azure SDKs with it
          return inspectDeployed({ ...options, deployed })
        }
        const checks: Diagnosis[] = [node()]
        const client = await attempt(checks, 'address', async () => {
          const made = clientOf(options, outside)
          return { value: made, detail: made.url }
        })
        if (client) await throughApp(checks, client, options, outside.now)
        const ok = checks.every(({ state }) => state !== 'missing')
        return {
          data: { ok, checks },
          lines: diagnosisLines(checks),
          exitCode: ok ? exitCodes.done : isReached(checks) ? exitCodes.refused : exitCodes.unreached
        }
      })
    )
}

const isReached = (checks: readonly Diagnosis[]): boolean =>
  checks.some(({ about, state }) => about === 'app' && state === 'ok')

const node = (): Diagnosis => ({
  about: 'node',
  state: 'ok',
  detail: `Node ${process.versions.node} runs this command`
})

async function throughApp(checks: Diagnosis[], client: Client, options: Options, now: () => Date): Promise<void> {
  const reply = await attempt(checks, 'app', async () => {
    const value = await client.call('getDescription', {})
    return { value, detail: 'answers, and somebody is signed in' }
  })
  if (!reply) return
  checks.push(clock(reply.date, now()))
  const request = options.request === undefined ? undefined : await requestOf(options.request)
  await attempt(checks, 'deployment', async () => {
    const subscriptions = request?.subscriptions.map(({ slot, id }) => ({ slot, id })) ?? []
    const { body: seen } = await client.call('diagnose', { body: { mail: options.mail ?? false, subscriptions } })
    checks.push(...seen.checks)
    return { value: true, detail: `${countOf(seen.checks.length, 'thing')} looked at by the app` }
  })
  if (request === undefined) {
    checks.push({
      about: 'azure',
      state: 'note',
      detail: 'not looked at: give --request FILE for tenant, subscriptions, rights and names'
    })
    return
  }
  await attempt(checks, 'azure', async () => {
    const { findings } = await client.callToTheEnd('createPlan', { body: request })
    for (const { code, observed, remedy } of findings)
      checks.push({ about: code, state: 'missing', detail: `${observed}. ${remedy}` })
    return { value: true, detail: `preflight of ${request.id} ran: ${countOf(findings.length, 'finding')}` }
  })
}

/** Minutes of difference that no reader should have to explain. */
const mostMinutes = 5

function clock(there: Date, here: Date): Diagnosis {
  const minutes = Math.round(Math.abs(there.getTime() - here.getTime()) / 60_000)
  if (minutes <= mostMinutes)
    return { about: 'clock', state: 'ok', detail: `the app’s and this machine’s agree: ${there.toISOString()}` }
  return {
    about: 'clock',
    state: 'note',
    detail: `the app’s is ${there.toISOString()}, ${durationOf(minutes * 60)} from this machine’s: a rehearsal that skips time, or a wrong clock`
  }
}

type Look<T> = () => Promise<{ value: T; detail: string }>

async function attempt<T>(checks: Diagnosis[], about: string, look: Look<T>): Promise<T | undefined> {
  try {
    const { value, detail } = await look()
    checks.push({ about, state: 'ok', detail })
    return value
  } catch (error) {
    if (!(error instanceof CkeyError)) throw error
    checks.push({ about, state: 'missing', detail: error.message.replaceAll('\n', ' ') })
    return undefined
  }
}
