import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import type { OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import { onboardingView } from '../../local/rehearsal/onboarding-view.ts'
import { scriptedPeople } from '../../local/rehearsal/people.ts'
import { report } from '../../local/rehearsal/report.ts'
import { setStage } from '../../local/rehearsal/stage.ts'
import type { Api } from '../../local/stage/api.ts'
import { openStage, type Stage, type StageOptions } from '../../local/stage/stage.ts'
import type { MicrosoftScript } from '../../local/azure/microsoft/approvals.ts'
import type { ReachableAzure } from '../../local/azure/start.ts'
import type { DatabaseSync } from 'node:sqlite'
import { startRead } from '../../local/rehearsal/start-read.ts'
import { draftPlan } from '../../src/domain/plan/build-plan.ts'
import type { HandOff } from '../../src/domain/hand-off/hand-off.ts'
import type { PlanContent } from '../../src/domain/plan/plan.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { expectHeld } from '../recount/held.ts'
import type { Report } from './rehearsal-process.ts'

/** What is the same of a stage in this process and of one with a host as a process of its own. */
interface PlayedStage {
  readonly azure: ReachableAzure
  readonly api: Api
  readonly host: { readonly ready: Promise<string>; kill(): void }
  /** Ends the host; the state it leaves behind. */
  stopped(): Promise<string | DatabaseSync>
  strike(): Promise<void>
}

/** An onboarding on a stage of its own, with the scripted people; the test may interfere with its Azure and its host. */
export interface Played<On extends PlayedStage = PlayedStage> {
  readonly stage: On
  readonly plan: PlanContent
  start(): Promise<void>
  /** Looks until it is so; fails with what was seen last. */
  until(isSo: (view: OnboardingView) => boolean): Promise<OnboardingView>
  answer(task: string, actor: string, answer: unknown): Promise<number>
  /** Waits for its end, leaves the stage, and says what was there. */
  end(): Promise<{ report: Report; handOff: HandOff | undefined }>
}

const patienceMs = 120_000

/** In this process; the test may lose its host or its worker. */
export async function play(
  request: OnboardingRequest,
  script: MicrosoftScript = microsoft,
  more: Pick<StageOptions, 'lying' | 'startAt' | 'before'> = {}
): Promise<Played<PlayedStage & Stage>> {
  const stage = await openStage({ request, microsoft: script, ...more })
  return playedOn({ ...stage, stopped: () => Promise.resolve(stage.state) }, request)
}

export interface PlayOptions {
  /** Kept when the stage is struck. */
  readonly folder: string
  /** Absent: the sources. */
  readonly app?: string
}

/** On a host that is a process of its own, which SIGKILL ends. */
export async function playForReal(request: OnboardingRequest, { folder, app }: PlayOptions): Promise<Played> {
  const clock = { mode: 'skip', startAt: new Date('2026-11-23T17:00:00Z') } as const
  const stage = await setStage({ request, keep: folder, app, port: 0, microsoft, clock })
  const stopped = async (): Promise<string> => {
    await stage.host.stop()
    return join(stage.folder, 'host.sqlite')
  }
  return playedOn({ ...stage, stopped }, request)
}

const microsoft = { approveAfterBusinessDays: 4 }

async function playedOn<On extends PlayedStage>(stage: On, request: OnboardingRequest): Promise<Played<On>> {
  const plan = draftPlan(request)
  let struck: Promise<void> | undefined
  const strike = (): Promise<void> => (struck ??= stage.strike())
  onTestFinished(strike)
  const { api, azure } = stage
  const path = `onboardings/${plan.id}`
  azure.clock.addSource(scriptedPeople({ api, plan, azure, now: () => azure.clock.now(), seen: () => undefined }))

  const until: Played['until'] = async (isSo) => {
    for (const started = performance.now(); ; ) {
      const view = onboardingView.parse((await api.get(path)).body)
      if (isSo(view)) return view
      if (performance.now() > started + patienceMs) throw new Error(`It did not come to that: ${JSON.stringify(view)}`)
      await sleep(40)
    }
  }
  return {
    stage,
    plan,
    until,
    start: async () => void (await startRead(api, plan.slots[0].operators[0] ?? '', request)),
    answer: async (task, actor, content) => {
      if (task.startsWith('approve-')) await api.get(`${path}/plan`, actor) // nobody approves what they have not read
      return (await api.post(`${path}/tasks/${task}`, actor, content)).status
    },
    end: async () => {
      const view = await until((each) => each.status !== 'running')
      if (view.status === 'running') throw new Error('It runs.')
      const bytes =
        view.handOff && (await azure.readBlob(azure.seed.storage.records.name, 'records', view.handOff.name))
      const handOff = bytes ? (JSON.parse(bytes.toString()) as HandOff) : undefined
      api.close()
      const state = await stage.stopped()
      const sources = { azure, plan, view, handOff, outcome: view.status, wallMs: 0, zone: 'America/Los_Angeles' }
      const told = await report({ ...sources, state })
      await expectHeld(azure)
      await strike()
      return { handOff, report: told }
    }
  }
}
