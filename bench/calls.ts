import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { z } from 'zod'
import type { JournalEntry } from '../local/azure/core/journal.ts'
import { readRequestFile } from '../local/rehearsal/request-file.ts'
import { openStage } from '../local/stage/stage.ts'
import { onboard } from '../local/sweep/onboard.ts'
import { quietSettings } from '../local/sweep/quiet-settings.ts'
import { outbox } from '../local/azure/email/outbox.ts'
import { chapters } from '../src/domain/state/chapters.ts'
import { type Benchmark, judged } from './benchmark.ts'

const units = ['onboarding', 'slot', 'vault', 'workload', 'chapter', 'answer', 'letter'] as const
type Unit = (typeof units)[number]

/** By activity: how many calls it needs for each of what, and why. Written by hand (decision 160). */
const floorShape = z.record(z.string(), z.array(z.object({ per: z.enum(units), calls: z.int(), why: z.string() })))
const floor = floorShape.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'floor.json'), 'utf8')))

const request = readRequestFile('samples/one-workload.json')

/** What an onboarding asks of Azure, activity by activity, against the fewest calls that it could do with. */
export const calls: Benchmark = {
  name: 'calls',
  async run() {
    const { asked, counts } = await played()
    const byActivity = Map.groupBy(asked, ({ activity }) => activity)
    const rows = Object.entries(floor).map(([activity, needs]) => ({
      activity,
      made: byActivity.get(activity)?.length ?? 0,
      needed: needs.reduce((sum, { per, calls: each }) => sum + each * counts[per], 0)
    }))
    const made = sum(rows.map((row) => row.made))
    const needed = sum(rows.map((row) => row.needed))
    const furthest = rows.toSorted((one, other) => other.made - other.needed - (one.made - one.needed)).slice(0, 5)
    return {
      ...judged(made / needed, '<=', 1.45),
      unit: 'of the floor',
      against:
        `${String(made)} calls where bench/floor.json has ${String(needed)}; furthest from it ` +
        `${furthest.map((row) => `${row.activity} ${String(row.made)} of ${String(row.needed)}`).join(', ')}; ` +
        `${String(asked.length - made)} calls of polling, timers, routes and tokens beside them`
    }
  }
}

interface Asked extends JournalEntry {
  /** Empty where no activity asked. */
  readonly activity: string
}

/** One onboarding; which activity asked what is told by the app's own spans. */
async function played(): Promise<{ readonly asked: readonly Asked[]; readonly counts: Record<Unit, number> }> {
  const spans = new InMemorySpanExporter()
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }))
  const stage = await openStage({ request, settings: quietSettings })
  try {
    const { end } = await onboard(stage, request, () => undefined)
    if (end !== 'completed') throw new Error(`The onboarding ended ${end}.`)
    const activities = new Map(
      spans.getFinishedSpans().map(({ attributes: said }) => [said['azure.request_id'], said['ckey.activity']])
    )
    const asked = stage.azure.journal
      .entries()
      .map((entry) => ({ ...entry, activity: String(activities.get(entry.requestId) ?? '') }))
    return { asked, counts: countsOf(asked, outbox(stage.azure.world).values().length) }
  } finally {
    await stage.strike()
    trace.disable()
  }
}

function countsOf(asked: readonly Asked[], mails: number): Record<Unit, number> {
  const workload = new Set(request.policies.map((policy) => policy.workload)).size
  const answer = asked.filter(({ operation, path, applied }) => operation === 'blob.put' && applied && isAnswer(path))
  return {
    onboarding: 1,
    slot: 2,
    vault: 2 * request.policies.length,
    workload,
    chapter: chapters.length,
    answer: answer.length,
    letter: mails - workload
  }
}

/** The words of an answer, under an id of their own; verdicts and others keep theirs under a name. */
const isAnswer = (path: string): boolean =>
  /\/records\/[^/]+\/said\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/.test(path)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
