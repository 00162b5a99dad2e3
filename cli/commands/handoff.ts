import { writeFile } from 'node:fs/promises'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../shell.ts'
import { CkeyError, exitCodes } from '../report.ts'

interface Options extends AppOptions {
  readonly format: string
  readonly out?: string
}

export const addHandoff: AddCommand = (program, { outside, does }) => {
  withApp(
    program.command('handoff <id>').description('the hand-off: key URIs, commands, people, requirements, evidence')
  )
    .option('--format <format>', 'md, html or json', 'md')
    .option('--out <file>', 'write it there instead of printing it')
    .action(
      does(async (id: string, options: Options) => {
        const { format, out } = options
        if (!['md', 'html', 'json'].includes(format))
          throw new CkeyError(`--format ${format} is not known. Give md, html or json.`, exitCodes.unusable)
        const { text } = await clientOf(options, outside).ask(
          'GET',
          `onboardings/${encodeURIComponent(id)}/hand-off?format=${format}`
        )
        if (out !== undefined) await writeFile(out, text)
        const data: unknown = format === 'json' ? JSON.parse(text) : { id, format, text }
        return {
          data: out === undefined ? data : { id, format, out },
          lines: out === undefined ? [text.trimEnd()] : [`Written to ${out}.`]
        }
      })
    )
}
