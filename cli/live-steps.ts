import { Listr, type ListrTaskWrapper, type ListrRendererFactory } from 'listr2'
import type { OnboardingDocument } from '../src/domain/views/documents.ts'
import { testMark } from '../src/domain/terms/choices.ts'
import { chapterIndex, chapters } from '../src/domain/state/chapters.ts'
import { turnOf } from '../src/domain/views/turn.ts'
import { elapsed, moment } from './moments.ts'
import type { Outside } from './outside.ts'

export interface LiveSteps {
  show(view: OnboardingDocument, now: Date): void
  /** Leaves the last picture standing. */
  end(): Promise<void>
}

type Line = ListrTaskWrapper<unknown, ListrRendererFactory, ListrRendererFactory>

/** The chapters as a list with spinners, for a terminal that may be repainted. Loaded where there is one. */
export function liveSteps({ zone }: Outside): LiveSteps {
  const parts = chapters.map(() => ({ ...Promise.withResolvers<void>(), line: undefined as Line | undefined }))
  const list = new Listr(
    chapters.map(({ title }, index) => ({
      title: `${String(index + 1)}/${String(chapters.length)} ${title}`,
      task: (_: unknown, line: Line) => {
        const part = parts[index]
        if (part) part.line = line
        return part?.promise
      }
    })),
    { concurrent: false, exitOnError: false, rendererOptions: { collapseSubtasks: false } }
  )
  const run = list.run().catch(() => undefined)
  let clockAhead = 0
  let seen: OnboardingDocument | undefined
  const refresh = (): void => {
    const part = seen && parts[chapterIndex(seen.step)]
    if (seen && part?.line) part.line.output = outputOf(seen, new Date(Date.now() + clockAhead), zone)
  }
  const ticking = setInterval(refresh, 1000)
  return {
    show(view, now) {
      clockAhead = now.getTime() - Date.now()
      seen = view
      parts.forEach((part, index) => {
        const over = index < chapterIndex(view.step) || view.status === 'completed'
        if (over) part.resolve()
      })
      setTimeout(refresh, 60) // the next line begins when the one before has ended
    },
    async end() {
      clearInterval(ticking)
      if (seen?.status !== 'completed') parts.forEach((part) => part.reject(new Error('ended here')))
      await run
    }
  }
}

function outputOf(view: OnboardingDocument, now: Date, zone: string): string {
  const { headline, until } = turnOf(view)
  const since =
    view.tasks.find((task) => task.optional !== true)?.since ?? view.registration?.mailedAt ?? view.lastChangedAt
  const due = until === null ? '' : ` · due ${moment(until, view.zone, zone)}`
  const mark = view.purpose === 'test' ? `${testMark} · ` : ''
  return `${mark}${headline} · for ${elapsed(since, now)}${due}`
}
