import type { Shell, AddCommand } from './shell.ts'
import { Command, CommanderError, type Argument } from 'commander'
import { addAdopt } from './commands/adopt.ts'
import { addAttestCopy } from './commands/attest-copy.ts'
import { addAudit } from './commands/audit.ts'
import { addComplete, addShortcuts } from './commands/complete.ts'
import { addCompletion } from './commands/completion.ts'
import { addDoctor } from './commands/doctor.ts'
import { addDue } from './commands/due.ts'
import { addErase } from './commands/erase.ts'
import { addExportBackups } from './commands/export-backups.ts'
import { addExportEvidence } from './commands/export-evidence.ts'
import { addHandoff } from './commands/handoff.ts'
import { addList } from './commands/list.ts'
import { addMail } from './commands/mail.ts'
import { addPlan } from './commands/plan.ts'
import { addProfile } from './commands/profile.ts'
import { addRehearse } from './commands/rehearse.ts'
import { addRestore } from './commands/restore.ts'
import { addRunbook } from './commands/runbook.ts'
import { addStart } from './commands/start.ts'
import { addStatus, addTasks } from './commands/status.ts'
import { addVerifyEvidence } from './commands/verify-evidence.ts'
import { addWatch } from './commands/watch.ts'
import { fittedText } from './fitted.ts'
import { AzureCallError } from '../src/azure/errors.ts'
import type { Outside } from './outside.ts'
import { CkeyError, exitCodes, type Report } from './report.ts'
import { release } from '../src/domain/terms/release.ts'

/** All there are, in the order and under the headings of `ckey --help`. */
const groups: Readonly<Record<string, readonly AddCommand[]>> = {
  'Plan and follow:': [addPlan, addStart, addList, addStatus, addWatch, addTasks, addDue],
  'Answer:': [addComplete, addShortcuts],
  'Read and prove:': [addHandoff, addMail, addAudit, addRunbook, addExportEvidence, addVerifyEvidence],
  'Keys and vaults:': [addExportBackups, addAttestCopy, addAdopt, addRestore],
  'The app and this machine:': [addRehearse, addDoctor, addErase, addProfile, addCompletion]
}

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
Exit codes: 0 done · 1 refused, ended otherwise or a check failed · 2 the
command line, request or answer cannot be used · 3 the app was not reached or
nobody is signed in · 130 interrupted.`

function programOf(shell: Shell): Command {
  const { out, err } = shell.outside
  const program = new Command('ckey')
    .description('Customer Key onboarding from the command line: plan, decide, watch and hand over.')
    .version(release, '-V, --version', 'which release this is')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .configureHelp({ subcommandTerm: termOf })
    .addHelpText('after', codes)
    .showHelpAfterError('Run ckey --help to see what there is.')
  for (const [heading, commands] of Object.entries(groups)) {
    program.commandsGroup(heading)
    for (const add of commands) add(program, shell)
  }
  return program
}

/** Without the word that says that it has options, as all have: what it does then fits beside it at eighty columns. */
const termOf = (command: Command): string => [command.name(), ...command.registeredArguments.map(nameOf)].join(' ')

function nameOf(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? '...' : '')
  return argument.required ? `<${name}>` : `[${name}]`
}

function print({ data, lines, exitCode = exitCodes.done }: Report, json: boolean, { out, columns }: Outside): number {
  if (json && data !== undefined) out(`${JSON.stringify(data, undefined, 2)}\n`)
  else if (lines.length > 0) out(fittedText(lines, columns))
  return exitCode
}

function complain(error: unknown, json: boolean, { out, err, columns }: Outside): number {
  if (error instanceof AzureCallError && error.code === 'NoToken') {
    err(`Nobody is signed in to Azure on this machine: ${error.service} was not asked. az login, then try again.\n`)
    return exitCodes.unreached
  }
  const message = error instanceof Error ? error.message : String(error)
  err(fittedText(message.split('\n'), columns))
  if (!(error instanceof CkeyError)) return exitCodes.refused
  if (json) out(`${JSON.stringify(error.data, undefined, 2)}\n`)
  return error.exitCode
}
