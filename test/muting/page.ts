import { allChecks } from '../../src/domain/checks/all-checks.ts'
import { brokenElsewhere } from './broken-elsewhere.ts'
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

/** The page of a run over all checks. */
export const wholePage = ({ day, commit, minutes, unmissed }: WholeRun): string =>
  [
    '# Muting',
    '',
    'Each check is silenced alone (it says yes to everything), and the journey that breaks every rule must stop at it',
    '(`npm run muting`, which writes this page; `--only CHECK` writes its line). One is silenced with every run of CI.',
    '',
    `Last whole run: ${day}, commit ${commit}, ${String(minutes)} minutes: ${String(mutedChecks.length)} of ${String(allChecks.length)} checks silenced, ` +
      `${String(mutedChecks.length - unmissed.length)} missed.`,
    '',
    '| check | requirement | silenced | on | commit |',
    '|---|---|---|---|---|',
    ...allChecks.map(({ code }) =>
      mutedChecks.includes(code)
        ? lineOf(code, !unmissed.includes(code), { day, commit })
        : `| \`${code}\` | ${requirementOf(code)} | not by itself: ${brokenElsewhere[code] ?? 'nobody has said why'} | | |`
    ),
    ''
  ].join('\n')

/** The same page, with one check's line made anew, or added to it. */
export function withLine(page: string, code: string, isMissed: boolean, run: Run): string {
  const line = lineOf(code, isMissed, run)
  const start = `| \`${code}\` |`
  const lines = page.trimEnd().split('\n')
  const others = lines.filter((each) => !each.startsWith(start))
  const at = lines.findIndex((each) => each.startsWith(start))
  return `${others.toSpliced(at < 0 ? others.length : at, 0, line).join('\n')}\n`
}

const lineOf = (code: string, isMissed: boolean, { day, commit }: Run): string =>
  `| \`${code}\` | ${requirementOf(code)} | ${isMissed ? 'missed' : 'nobody missed it'} | ${day} | ${commit} |`

const requirementOf = (code: string): string => allChecks.find((check) => check.code === code)?.requirement ?? ''
