import { RootCommand, type Command as Described } from '@bomb.sh/tab'
import type { Command } from 'commander'
import { allChecks } from '../../src/domain/checks/all-checks.ts'
import type { AddCommand } from '../shell.ts'
import { CkeyError, exitCodes } from '../report.ts'

const shells = ['bash', 'zsh', 'fish', 'powershell']

/** What a shell asks when somebody presses Tab: `ckey completion complete -- <words>`, as the scripts of @bomb.sh/tab do. */
const asked = 'complete'

/** Values that can be told without asking the app, by the argument's name. */
const values: Readonly<Record<string, readonly string[]>> = {
  slot: ['1', '2'],
  code: allChecks.map(({ code }) => code),
  shell: shells
}

export const addCompletion: AddCommand = (program, { does }) => {
  program
    .command('completion <shell> [words...]')
    .description('a script that completes commands and options: source <(ckey completion bash)')
    .action(
      // Returns no lines: the library writes to standard output by itself.
      does(async (shell: string, words: readonly string[]) => {
        const described = describe(program)
        if (shell === asked) described.parse([...words])
        else if (shells.includes(shell)) described.setup(program.name(), `${program.name()} completion`, shell)
        else throw unknown(shell)
        return { data: undefined, lines: [] }
      })
    )
}

/** The program as the library wants it told. */
function describe(program: Command): RootCommand {
  const root = new RootCommand()
  addOptions(root, program)
  for (const command of program.createHelp().visibleCommands(program)) {
    const described = root.command(command.name(), command.description())
    addOptions(described, command)
    for (const argument of command.registeredArguments) {
      const choices = argument.argChoices ?? values[argument.name()]
      described.argument(argument.name(), choices && offers(choices), argument.variadic)
    }
  }
  return root
}

function addOptions(described: Described, command: Command): void {
  for (const { long, description, argChoices, required, optional } of command.createHelp().visibleOptions(command)) {
    if (long === undefined || long === null) continue
    const takesValue = required || optional
    const choices = argChoices ?? values[long.slice(2)] ?? []
    if (takesValue) described.option(long.slice(2), description, offers(choices))
    else described.option(long.slice(2), description)
  }
}

const offers =
  (choices: readonly string[]) =>
  (complete: (value: string, description: string) => void): void => {
    for (const choice of choices) complete(choice, '')
  }

const unknown = (shell: string): CkeyError =>
  new CkeyError(`There is no completion for ${shell}. Give ${shells.join(', ')}.`, exitCodes.unusable)
