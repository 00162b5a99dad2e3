import type { OnboardingDocument } from '../../src/domain/views/documents.ts'
import { turnOf } from '../../src/domain/views/turn.ts'
import { changeLines, type PrintedLines } from '../change-lines.ts'
import type { Client } from '../client.ts'
import { statusLines } from '../onboarding-lines.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand, Shell } from '../shell.ts'
import { exitCodes } from '../report.ts'

interface Options extends AppOptions {
  readonly json: boolean
  readonly untilTask?: boolean
}

interface Look {
  readonly view: OnboardingDocument
  readonly now: Date
}

/** Follows an onboarding to its end: live steps in a terminal, elsewhere one line per change. */
export const addWatch: AddCommand = (program, { outside, does }) => {
  withApp(program.command('watch <id>').description('follow it to its end; with --json one line of JSON per change'))
    .option('--until-task', 'end as soon as a person is asked for something, with exit code 0')
    .action(
      does(async (id: string, options: Options) => {
        const client = clientOf(options, outside)
        const live = outside.live && !options.json ? (await import('../live-steps.ts')).liveSteps(outside) : undefined
        const told: PrintedLines = new Set()
        let last: Look | undefined
        try {
          for await (const look of looks(client, id)) {
            last = look
            if (live) live.show(look.view, look.now)
            else tell(look, told, options.json, outside)
            if (isOver(look, options)) break
          }
        } finally {
          await live?.end()
        }
        return {
          data: undefined,
          lines: last && !options.json ? endLines(last, outside.zone) : [],
          exitCode: codeOf(last)
        }
      })
    )
}

const codeOf = (last: Look | undefined): number =>
  last?.view.status === 'cancelled' ? exitCodes.refused : exitCodes.done

const isOver = ({ view }: Look, { untilTask = false }: Options): boolean =>
  view.status !== 'running' || (untilTask && turnOf(view).who === 'people')

/** Each look is held by the app until something has changed. */
async function* looks(client: Client, id: string): AsyncGenerator<Look> {
  let etag: string | null = null
  for (;;) {
    const headers: Record<string, string> = etag === null ? {} : { 'if-none-match': etag, prefer: 'wait=20' }
    const reply = await client.call('getOnboarding', { id, headers })
    etag = reply.etag
    if (reply.status !== 304) yield { view: reply.body, now: reply.date }
  }
}

function tell({ view }: Look, told: PrintedLines, json: boolean, { out, zone }: Shell['outside']): void {
  if (json) out(`${JSON.stringify(view)}\n`)
  else for (const line of changeLines(view, told, zone)) out(`${line}\n`)
}

function endLines({ view, now }: Look, zone: string): string[] {
  const done = view.steps.length
  const failed = view.findings.length
  if (view.status === 'running') return ['', ...statusLines(view, { now, zone })]
  const { headline, next } = turnOf(view)
  return [
    '',
    `${headline}: ${String(done)} steps recorded, ${String(failed)} open findings.`,
    next,
    ...(view.handOff ? [`  ckey handoff ${view.id}`] : [])
  ]
}
