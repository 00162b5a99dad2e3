import { allChecks, checkNamed } from '../../src/domain/checks/all-checks.ts'
import { runbookLines } from '../finding-lines.ts'
import { CkeyError, exitCodes } from '../report.ts'
import type { AddCommand } from '../shell.ts'

/** Asks nobody: what a check means stands in the program. */
export const addRunbook: AddCommand = (program, { does }) => {
  program
    .command('runbook [code]')
    .description(
      'what a finding means, how to look by hand, how to cure it and what follows; without a code: all there are'
    )
    .option('--json', 'print one JSON document')
    .action(
      does(async (code: string | undefined) => {
        if (code === undefined)
          return { data: allChecks.map((check) => check.code), lines: allChecks.map((check) => check.code) }
        const check = checkNamed(code.toLowerCase())
        if (!check) throw unknown(code)
        return { data: { ...check, findings: check.findings() }, lines: runbookLines(check) }
      })
    )
}

const unknown = (code: string): CkeyError =>
  new CkeyError(
    `No check makes a finding of the code ${code}. Run ckey runbook to see the codes, then name one, or a finding’s own code.`,
    exitCodes.unusable
  )
