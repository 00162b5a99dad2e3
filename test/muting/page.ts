import { allChecks } from '../../src/domain/checks/all-checks.ts'
import { brokenElsewhere, type Elsewhere } from './broken-elsewhere.ts'
import { mutedChecks } from './muted-checks.ts'

/** Where the last run over all checks stands. */
export const mutingPage = 'docs/muting.md'

/** When something was run, and on which commit. */
export interface Run {
  /** ISO 8601, a day. */
  readonly day: string
  readonly commit: string
}

export interface WholeRun extends Run {
  readonly minutes: number
  /** Checks that nobody missed. */
  readonly unmissed: readonly string[]
}

/** The page of a run over all checks of the journey. `before`: the page so far, with what was found of the others. */
export const wholePage = ({ day, commit, minutes, unmissed }: WholeRun, before: string): string =>
  [
    '# Muting',
    '',
    'Each check is silenced alone (it says yes to everything), and the journey that breaks every rule must stop at it',
    '(`npm run muting`, which writes this page; `--only CHECK` writes its line). One is silenced with every run of CI.',
    'Where no journey breaks a check by itself, a test that does is named: `npm run muting -- --elsewhere` silences those checks one after',
    'the other, and their tests must fail.',
    '',
    `Last whole run: ${day}, commit ${commit}, ${String(minutes)} minutes: ${String(mutedChecks.length)} of ${String(allChecks.length)} checks silenced, ` +
      `${String(mutedChecks.length - unmissed.length)} missed.`,
    '',
    '| check | requirement | silenced | on | commit |',
    '|---|---|---|---|---|',
    ...allChecks.map(({ code }) =>
      mutedChecks.includes(code)
        ? lineOf(code, !unmissed.includes(code), { day, commit })
        : (lineIn(before, code) ?? elsewhereLine(code))
    ),
    ''
  ].join('\n')

/** The same page, with one check's line made anew, or added to it. */
export function withLine(page: string, code: string, isMissed: boolean, run: Run): string {
  const line = mutedChecks.includes(code) ? lineOf(code, isMissed, run) : elsewhereLine(code, isMissed, run)
  const lines = page.trimEnd().split('\n')
  const others = lines.filter((each) => !each.startsWith(startOf(code)))
  const at = lines.findIndex((each) => each.startsWith(startOf(code)))
  return `${others.toSpliced(at < 0 ? others.length : at, 0, line).join('\n')}\n`
}

const startOf = (code: string): string => `| \`${code}\` |`

const lineIn = (page: string, code: string): string | undefined =>
  page.split('\n').find((line) => line.startsWith(startOf(code)))

/** Of a check that no journey breaks: whether the test that does has failed without it. */
function elsewhereLine(code: string, isMissed?: boolean, run?: Run): string {
  const said = notByItself(brokenElsewhere[code], isMissed)
  return `| \`${code}\` | ${requirementOf(code)} | ${said} | ${run?.day ?? ''} | ${run?.commit ?? ''} |`
}

function notByItself(elsewhere: Elsewhere | undefined, isMissed: boolean | undefined): string {
  if (elsewhere === undefined) return 'not by itself: nobody has said why'
  const { why, test } = elsewhere
  if (test === undefined) return `not at all: ${why}`
  const became = isMissed === undefined ? 'not silenced yet for' : isMissed ? 'missed by' : 'nobody missed it in'
  return `not by itself: ${why}; ${became} \`${test}\``
}

const lineOf = (code: string, isMissed: boolean, { day, commit }: Run): string =>
  `| \`${code}\` | ${requirementOf(code)} | ${isMissed ? 'missed' : 'nobody missed it'} | ${day} | ${commit} |`

const requirementOf = (code: string): string => allChecks.find((check) => check.code === code)?.requirement ?? ''
