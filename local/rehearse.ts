import { constants } from 'node:os'
import { join } from 'node:path'
import { writeWhole } from './azure/core/write-whole.ts'
import { countOf } from '../src/domain/terms/words.ts'
import { livePrinter, type LivePrinter } from './rehearsal/live-line.ts'
import { helpFor, readOptions, type Options } from './rehearsal/options.ts'
import { rehearse, type RehearsalResult } from './rehearsal/rehearsal.ts'
import { readRequestFile } from './rehearsal/request-file.ts'
import { wrapped } from '../src/domain/terms/wrapped.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const diskFaults = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS']
const roomHelps = 'Give it room on the disk, and give the same command again: with --keep it goes on where it was.'

// What cannot be told has not been told: whoever reads the exit code must hear of it.
process.stdout.on('error', (error) => {
  process.stderr.write(`${explained(error)}\n`)
  process.exit(1)
})
process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${explained(error)}\n`)
  return 1
})

/**
 * Exit code 0 only if every requirement held; 1: something did not, or the rehearsal cannot go on, which is said; 2: request
 * or option cannot be used; 3: it waits; 128 and the signal's number where it was ended by one, e.g. 130 by Ctrl-C.
 */
async function main(): Promise<number> {
  const help = helpFor(process.argv.slice(2))
  if (help !== undefined) {
    process.stdout.write(help)
    return 0
  }
  const options = attempt(() => readOptions(process.argv.slice(2)))
  const request = options && attempt(() => readRequestFile(options.request))
  if (!options || !request) return 2
  const printer = livePrinter(options.json ? process.stderr : process.stdout)
  const { say } = printer
  const interrupt = new AbortController()
  for (const signal of signals) process.once(signal, () => interrupt.abort(signal))

  say('\n  Customer Key onboarding · REHEARSAL on this machine · nothing here touches Azure\n')
  try {
    const rehearsed = await rehearse(options, request, printer, interrupt.signal)
    printer.end()
    if (options.json) process.stdout.write(`${JSON.stringify(rehearsed.report, undefined, 2)}\n`)
    tellEnd(printer, rehearsed, options)
    return codeOf(rehearsed)
  } catch (error) {
    if (!interrupt.signal.aborted) throw error
    say(
      `\n  Stopped. ${options.keep ? `Resume with --keep ${options.keep}` : 'Nothing was kept: use --keep DIR to be able to resume'}.`
    )
    return 128 + constants.signals[signals.find((each) => each === interrupt.signal.reason) ?? 'SIGINT']
  } finally {
    printer.end()
  }
}

/** An error in words, with what to do where it is the disk's. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const ofDisk = 'code' in error && typeof error.code === 'string' && diskFaults.includes(error.code)
  return ofDisk ? `${error.message}. ${roomHelps}` : error.message
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    process.stderr.write(`${explained(error)}\n`)
    return undefined
  }
}

function codeOf(rehearsed: RehearsalResult): number {
  if (everythingHeld(rehearsed)) return 0
  return rehearsed.report.outcome === 'waiting' ? 3 : 1
}

function everythingHeld({
  report: { outcome, findings, unknownRequestIds, wronglyCited, untrueRows, requirements }
}: RehearsalResult): boolean {
  return (
    outcome === 'completed' &&
    findings.length + unknownRequestIds.length + wronglyCited.length + untrueRows.length === 0 &&
    requirements.every((each) => each.status !== 'not proved')
  )
}

function tellEnd(
  { say, columns }: LivePrinter,
  { report, plan, handOffMarkdown }: RehearsalResult,
  { keep }: Options
): void {
  const { outcome, evidence, simulated, wallMs, emails, history, apiCalls, tasks } = report
  const days = Math.round((Date.parse(simulated.end) - Date.parse(simulated.start)) / 86_400_000)
  const calls = Object.values(apiCalls)
    .flatMap((each) => Object.values(each))
    .reduce((sum, count) => sum + count, 0)
  const ended = outcome === 'completed' ? 'Done' : `${outcome.slice(0, 1).toUpperCase()}${outcome.slice(1)}`
  say(`\n  ${ended}: ${countOf(days, 'simulated day')} in ${(wallMs / 1000).toFixed(1)} s`)
  if (handOffMarkdown !== undefined) {
    const file = join(keep ?? join('.rehearsal', plan.id), 'handoff.md')
    writeWhole(file, handOffMarkdown)
    const records = evidence.reduce((sum, batch) => sum + batch.requirements.length, 0)
    say(`    hand-off      ${file}`)
    say(`    evidence      ${countOf(records, 'record')}`)
  }
  say(
    `    Azure         ${countOf(calls, 'call')} · ${countOf(emails.length, 'mail')} · ${countOf(history.events, 'history event')}`
  )
  if (outcome === 'waiting') {
    say('  Nobody in this rehearsal answers what is asked now. Mend what a finding names, and try again:')
    for (const { name, asks } of tasks.filter((task) => task.optional !== true))
      for (const line of wrapped(`    ${name}  `, asks, columns)) say(line)
  }
  if (outcome !== 'completed') return
  say('  Next: your own request     npm run rehearse -- --request my-request.json')
  say('        by hand, on a page   npm start\n')
}
