import { readFile } from 'node:fs/promises'
import { InvalidArgumentError } from 'commander'
import { addBusinessDays, describeWait, formatMoment } from '../../src/domain/calendar/business-calendar.ts'
import { holidays, holidayYears } from '../../src/domain/calendar/holidays.ts'
import { withJson } from '../options.ts'
import type { AddCommand } from '../shell.ts'
import { CkeyError, exitCodes } from '../report.ts'

interface Options {
  readonly from: string
  readonly days: number
  readonly zone: string
  readonly holidays: string
}

/** `ckey due`: when so many business days are over (R25), as the app itself counts them. Asks no app. */
export const addDue: AddCommand = (program, { does }) => {
  withJson(program.command('due').description('when so many business days are over'))
    .requiredOption('--from <moment>', 'ISO 8601, e.g. 2026-11-23T10:37:00-08:00', readMoment)
    .requiredOption('--days <n>', 'business days', readDays)
    .option('--zone <zone>', 'where they are counted, an IANA zone', readZone, 'America/Los_Angeles')
    .option(
      '--holidays <US|none|file>',
      'US federal holidays with the days they are moved to, none, or a file with one date a line',
      'US'
    )
    .action(
      does(async ({ from, days, zone, holidays: named }: Options) => {
        const calendar = { zone, holidays: new Set(await holidaysOf(named)) }
        const due = addBusinessDays(from, days, calendar)
        if (named === 'US') refuseUnknownYears(from, due)
        return {
          data: { due, from, days, zone },
          lines: [`${due}  ${formatMoment(due, zone)} in ${zone} (${describeWait(from, due, calendar)})`]
        }
      })
    )
}

/** Beyond the table every holiday would silently count as a business day. */
function refuseUnknownYears(from: string, due: string): void {
  const { first, last } = holidayYears
  if (Number(from.slice(0, 4)) >= first && Number(due.slice(0, 4)) <= last) return
  throw new CkeyError(
    `The holidays of the United States are known here from ${String(first)} to ${String(last)} only. ` +
      'Give --holidays with a file, or none.',
    exitCodes.unusable
  )
}

async function holidaysOf(named: string): Promise<readonly string[]> {
  if (named === 'US') return holidays
  if (named === 'none') return []
  const lines = (await contentOf(named)).split(/\r?\n/).map((line) => line.trim())
  const faulty = lines.flatMap((line, index) =>
    line === '' || isDate(line) ? [] : [`line ${String(index + 1)}, "${line}"`]
  )
  if (faulty.length === 0) return lines.filter((line) => line !== '')
  throw new CkeyError(
    `${named} has what is no date: ${faulty.join('; ')}. Write one date like 2026-12-24 on each line.`,
    exitCodes.unusable
  )
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CkeyError(
      `The holidays cannot be read: ${why}. Give US, none, or a file with one date a line.`,
      exitCodes.unusable
    )
  }
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text)

function readMoment(value: string): string {
  const isMoment =
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  if (isMoment) return new Date(value).toISOString()
  throw new InvalidArgumentError('Give a moment with its offset, e.g. 2026-11-23T10:37:00-08:00 or …Z.')
}

function readDays(value: string): number {
  if (/^\d{1,4}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('Give a whole number from 0.')
}

function readZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone && value
  } catch {
    throw new InvalidArgumentError('Give an IANA zone, e.g. Europe/Berlin.')
  }
}
