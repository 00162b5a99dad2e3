import { onboardingList, planAnswer } from '../../src/domain/api-schemas.ts'
import type { Client } from '../client.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../program.ts'
import { CkeyError, exitCodes } from '../report.ts'
import { requestOf } from '../request-file.ts'

interface Options extends AppOptions {
  readonly request?: string
}

interface Diagnosis {
  readonly about: string
  readonly ok: boolean
  /** What was seen; where it is not well, also what to do. */
  readonly detail: string
}

/** What is missing and how to give it: on this machine, on the way to the app and, with a request, in Azure. */
export const addDoctor: AddCommand = (program, { outside, does }) => {
  withApp(program.command('doctor').description('what is missing for an onboarding, and how to give it'))
    .option('--request <file>', 'look at tenant, subscriptions, rights and names for this request as well')
    .action(does(async (options: Options) => {
      const checks: Diagnosis[] = [node()]
      const client = await attempt(checks, 'address', async () => {
        const made = clientOf(options, outside)
        return { value: made, detail: made.url }
      })
      if (client) await throughApp(checks, client, options, outside.now)
      const ok = checks.every((each) => each.ok)
      return {
        data: { ok, checks },
        lines: checks.map(({ about, ok: well, detail }) => `${well ? '✓' : '✗'} ${about.padEnd(10)} ${detail}`),
        exitCode: ok ? exitCodes.done : exitCodes.refused
      }
    }))
}

const node = (): Diagnosis => ({ about: 'node', ok: true, detail: `Node ${process.versions.node} runs this command` })

async function throughApp(checks: Diagnosis[], client: Client, options: Options, now: () => Date): Promise<void> {
  const reply = await attempt(checks, 'app', async () => {
    const value = await client.ask('GET', 'onboardings?limit=1')
    onboardingList.parse(JSON.parse(value.text))
    return { value, detail: 'answers, and somebody is signed in; its settings were read when it started' }
  })
  if (!reply) return
  checks.push(clock(reply.date, now()))
  const { request: file } = options
  if (file === undefined) {
    checks.push({ about: 'azure', ok: true, detail: 'not looked at. Give --request FILE to look at tenant, subscriptions, rights and names' })
    return
  }
  await attempt(checks, 'azure', async () => {
    const { findings } = await client.post('plans', planAnswer, await requestOf(file))
    for (const { code, observed, remedy } of findings) checks.push({ about: code, ok: false, detail: `${observed}. ${remedy}` })
    return { value: true, detail: `preflight ran with the app’s identities: ${String(findings.length)} findings` }
  })
}

/** Minutes of difference that no reader should have to explain. */
const mostMinutes = 5

function clock(there: Date, here: Date): Diagnosis {
  const minutes = Math.round(Math.abs(there.getTime() - here.getTime()) / 60_000)
  if (minutes <= mostMinutes) return { about: 'clock', ok: true, detail: `the app’s and this machine’s agree: ${there.toISOString()}` }
  return { about: 'clock', ok: true, detail: `the app’s is ${there.toISOString()}, ${String(minutes)} minutes from this machine’s: a rehearsal that skips time, or a wrong clock` }
}

type Look<T> = () => Promise<{ value: T; detail: string }>

async function attempt<T>(checks: Diagnosis[], about: string, look: Look<T>): Promise<T | undefined> {
  try {
    const { value, detail } = await look()
    checks.push({ about, ok: true, detail })
    return value
  } catch (error) {
    if (!(error instanceof CkeyError)) throw error
    checks.push({ about, ok: false, detail: error.message.replaceAll('\n', ' ') })
    return undefined
  }
}
