import { setTimeout as sleep } from 'node:timers/promises'
import { createHash } from 'node:crypto'
import { actorOf } from '../azure/seed-people.ts'
import type { HandOff } from '../../src/domain/hand-off/hand-off.ts'
import type { Plan } from '../../src/domain/plan/plan.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { calendarOf } from '../../src/domain/calendar/sla.ts'
import type { MicrosoftScript } from '../azure/microsoft/approvals.ts'
import { askPlan, keptPlan } from './ask-plan.ts'
import { crashAtRandom, loseWorkersAtRandom } from './crashes.ts'
import { claimFolder, hostStateIn } from './kept-folder.ts'
import { clearLine, type LivePrinter } from './live-line.ts'
import { Narrator } from './narrate.ts'
import { planLines } from './narrate-plan.ts'
import { onboardingView, type OnboardingView } from './onboarding-view.ts'
import type { Options, Scenario } from './options.ts'
import { scriptedPeople } from './people.ts'
import { report, type Outcome } from './report.ts'
import { setStage, type Stage } from './stage.ts'
import type { Api } from '../stage/api.ts'
import { throttle } from './throttled.ts'

const zone = 'America/Los_Angeles'
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export interface RehearsalResult {
  readonly report: Awaited<ReturnType<typeof report>>
  readonly plan: Plan
  readonly handOffMarkdown: string | undefined
}

/** One onboarding from request to hand-off, on this machine. `signal` ends it early; its folder then keeps the state. */
export async function rehearse(
  options: Options,
  request: OnboardingRequest,
  printer: LivePrinter,
  signal: AbortSignal
): Promise<RehearsalResult> {
  const started = performance.now()
  if (options.keep !== undefined) claimFolder(options.keep, request)
  const stage = await setStage({
    request,
    keep: options.keep,
    app: options.app,
    clock: { mode: 'skip', startAt: options.from },
    port: 0,
    microsoft: microsoftIn(options.scenario),
    ...(process.env['CKEY_TELL_HOST_PID'] !== undefined && { onHostPid: tellHostPid })
  })
  try {
    signal.addEventListener('abort', () => stage.api.close())
    signal.throwIfAborted()
    const kept = await keptPlan(stage, request.id)
    const plan = kept ?? (await askPlan(stage.api, operatorOf(request), request))
    if (kept) printer.say(`  Goes on where ${options.keep ?? 'it'} was left, by the plan that was kept there.\n`)
    const view = await play(stage, { options, request, plan, printer, signal })
    const documents = await handOffOf(stage, view)
    const state = hostStateIn(stage.folder)
    stage.api.close()
    await stage.host.stop()
    const sources = {
      azure: stage.azure,
      plan,
      outcome: outcomeOf(view),
      view,
      handOff: documents?.json,
      state,
      zone
    }
    const wallMs = Math.round(performance.now() - started)
    return { plan, handOffMarkdown: documents?.markdown, report: await report({ ...sources, wallMs }) }
  } finally {
    await stage.strike()
  }
}

const microsoftIn = (scenario: Scenario): MicrosoftScript => ({
  approveAfterBusinessDays: scenario === 'sla-breach' ? 7 : 4,
  ...(scenario === 'refused' && { answer: 'refuse' })
})

/** Who starts it: an operator of slot 1. */
const operatorOf = ({ subscriptions, organization }: OnboardingRequest): string =>
  actorOf(subscriptions.find(({ slot }) => slot === 1)?.operators[0], organization.domain)

interface Play {
  readonly options: Options
  readonly request: OnboardingRequest
  readonly plan: Plan
  readonly printer: LivePrinter
  readonly signal: AbortSignal
}

async function play(stage: Stage, { options, request, plan, printer, signal }: Play): Promise<OnboardingView> {
  const { azure, api, host } = stage
  const { say } = printer
  const operator = operatorOf(request)
  const telling = { columns: printer.columns, requirements: options.requirements }
  const narrator = new Narrator(say, calendarOf({ zone, extraHolidays: [], businessDays: 5 }), telling)
  for (const line of planLines(plan, telling)) say(line)
  const now = () => azure.clock.now()
  const watch = lookout(api, plan, (view) => narrator.tell(view))
  azure.clock.addSource(scriptedPeople({ api, plan, azure, now, seen: watch.seen }))
  if (options.scenario === 'crashes')
    crashAtRandom({ azure, host, seed: options.seed, say: (line) => say(`  ! ${line}`) })
  if (options.scenario === 'worker-crashes')
    loseWorkersAtRandom({ azure, host, seed: options.seed, say: (line) => say(`  ! ${line}`) })
  if (options.scenario === 'throttled') throttle(azure, (line) => say(`  ! ${line}`))
  await begin(api, operator, { ...request, planDigest: plan.digest })

  const stands = stillness(stage)
  for (;;) {
    signal.throwIfAborted()
    const view = await watch.newest()
    printer.now(narrator.nowLine(view, azure.clock.nowIso()))
    if (view.status !== 'running') {
      await quiet(stage)
      return view
    }
    if (stands(JSON.stringify(view))) return view // everybody waits for somebody who is in no script
    await sleep(lookEveryMs)
  }
}

/** Once more where it was begun before: whoever asked then may have been killed at it, and the app goes on with it. */
async function begin(api: Api, operator: string, asked: OnboardingRequest & { planDigest: string }): Promise<void> {
  const { status, body } = await api.post('onboardings', operator, asked)
  if (status !== 202 && status !== 200) throw new Error(`The app refused to start: ${JSON.stringify(body)}`)
}

const lookEveryMs = 40

/** What people saw last: they look whenever the host has come to rest. While it works for long, a look of its own. */
function lookout(api: Api, { id }: Plan, tell: (view: OnboardingView) => void) {
  let last: OnboardingView | undefined
  let seenAt = 0
  const seen = (view: OnboardingView): OnboardingView => {
    seenAt = performance.now()
    tell(view)
    return (last = view)
  }
  const look = async () => seen(onboardingView.parse((await api.get(`onboardings/${id}`)).body))
  return { seen, newest: async () => (last && performance.now() < seenAt + mostUnseenMs ? last : look()) }
}

const mostUnseenMs = 500

/** Says whether nothing has moved for some of the host's reports, while what is seen stayed the same. */
function stillness({ azure: { clock } }: Stage): (seen: string) => boolean {
  let last = ''
  let since = 0
  return (seen) => {
    if (seen !== last || clock.stillReports < since) [last, since] = [seen, clock.stillReports]
    return clock.stillReports >= since + 3
  }
}

/** Lets what the last step set off come to rest: events on their way, backups they start. */
async function quiet(stage: Stage): Promise<void> {
  const stands = stillness(stage)
  for (let look = 0; look < 250 && !stands('ended'); look++) await sleep(lookEveryMs)
}

const outcomeOf = ({ status }: OnboardingView): Outcome => (status === 'running' ? 'waiting' : status)

async function handOffOf({ azure }: Stage, { handOff }: OnboardingView) {
  if (!handOff) return undefined
  const { name: account } = azure.seed.storage.records
  const json = await azure.readBlob(account, 'records', handOff.name)
  const markdown = await azure.readBlob(account, 'records', handOff.name.replace(/json$/, 'md'))
  if (!json || !markdown) throw new Error(`The hand-off ${handOff.name} is not where the onboarding says it is.`)
  if (sha256(json.toString()) !== handOff.sha256)
    throw new Error(`The hand-off ${handOff.name} is not the one that was written.`)
  return { json: JSON.parse(json.toString()) as HandOff, markdown: markdown.toString() }
}

/** For whoever kills it: nobody else is told. */
const tellHostPid = (pid: number): void =>
  void process.stderr.write(`${process.stderr.isTTY ? clearLine : ''}host pid ${String(pid)}\n`)
