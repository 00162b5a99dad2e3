import type { Shell, AddCommand } from './shell.ts'
import { Command, CommanderError } from 'commander'
import { addAdopt } from './commands/adopt.ts'
import { addAttestCopy } from './commands/attest-copy.ts'
import { addAudit } from './commands/audit.ts'
import { addComplete, addShortcuts } from './commands/complete.ts'
import { addDoctor } from './commands/doctor.ts'
import { addDue } from './commands/due.ts'
import { addErase } from './commands/erase.ts'
import { addExportBackups } from './commands/export-backups.ts'
import { addExportEvidence } from './commands/export-evidence.ts'
import { addHandoff } from './commands/handoff.ts'
import { addList } from './commands/list.ts'
import { addMail } from './commands/mail.ts'
import { addPlan } from './commands/plan.ts'
import { addRehearse } from './commands/rehearse.ts'
import { addRestore } from './commands/restore.ts'
import { addRunbook } from './commands/runbook.ts'
import { addStart } from './commands/start.ts'
import { addStatus, addTasks } from './commands/status.ts'
import { addVerifyEvidence } from './commands/verify-evidence.ts'
import { addWatch } from './commands/watch.ts'
import type { Outside } from './outside.ts'
import { CkeyError, exitCodes, type Report } from './report.ts'

const commands: readonly AddCommand[] = [
  addPlan,
  addStart,
  addList,
  addStatus,
  addWatch,
  addTasks,
  addRunbook,
  addComplete,
  addShortcuts,
  addHandoff,
  addMail,
  addAudit,
  addExportEvidence,
  addVerifyEvidence,
  addDue,
  addExportBackups,
  addAttestCopy,
  addAdopt,
  addRestore,
  addErase,
  addRehearse,
  addDoctor
]

/** Runs one command line and resolves to its exit code. */
export async function run(argv: readonly string[], outside: Outside): Promise<number> {
  const json = argv.includes('--json')
  let exitCode: number = exitCodes.done
  const does: Shell['does'] =
    (work) =>
    async (...args) => {
      exitCode = print(await work(...args), json, outside)
    }
  try {
    await programOf({ outside, does }).parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.unusable
    if (outside.signal.aborted) return exitCodes.interrupted
    return complain(error, json, outside)
  }
}

const codes = `
Exit codes: 0 done · 1 refused, ended otherwise or a check failed · 2 the command line, request or answer cannot be
used · 3 the app was not reached or nobody is signed in · 130 interrupted.`

function programOf(shell: Shell): Command {
  const { out, err } = shell.outside
  const program = new Command('ckey')
    .description('Customer Key onboarding from the command line: plan, decide, watch and hand over.')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .addHelpText('after', codes)
    .showHelpAfterError('Run ckey --help to see what there is.')
  for (const add of commands) add(program, shell)
  return program
}

function print({ data, lines, exitCode = exitCodes.done }: Report, json: boolean, { out }: Outside): number {
  if (json && data !== undefined) out(`${JSON.stringify(data, undefined, 2)}\n`)
  else if (lines.length > 0) out(`${lines.join('\n')}\n`)
  return exitCode
}

function complain(error: unknown, json: boolean, { out, err }: Outside): number {
  const message = error instanceof Error ? error.message : String(error)
  err(`${message}\n`)
  if (!(error instanceof CkeyError)) return exitCodes.refused
  if (json) out(`${JSON.stringify(error.data, undefined, 2)}\n`)
  return error.exitCode
}
