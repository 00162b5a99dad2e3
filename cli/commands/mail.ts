import { writeFile } from 'node:fs/promises'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../shell.ts'

interface Options extends AppOptions {
  readonly out?: string
}

export const addMail: AddCommand = (program, { outside, does }) => {
  withApp(
    program.command('mail <id> <task>').description('the mail that a task asks you to send, e.g. send-mail-exchange')
  )
    .option('--out <file>', 'write it there, for a mail program to open (.eml)')
    .action(
      does(async (id: string, task: string, options: Options) => {
        const { out } = options
        const { text } = await clientOf(options, outside).ask('getMail', {
          id,
          task,
          query: { format: out === undefined ? 'txt' : 'eml' }
        })
        if (out !== undefined) await writeFile(out, text)
        const lines =
          out === undefined
            ? [text.replaceAll('\r\n', '\n').trimEnd()]
            : [`Written to ${out}.`, `When it is sent: ckey complete ${id} ${task}`]
        return { data: out === undefined ? { id, task, text } : { id, task, out }, lines }
      })
    )
}
