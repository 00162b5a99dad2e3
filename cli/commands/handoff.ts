import { writeFile } from 'node:fs/promises'
import { Option } from 'commander'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../shell.ts'

interface Options extends AppOptions {
  readonly format: 'md' | 'html' | 'json'
  readonly out?: string
}

export const addHandoff: AddCommand = (program, { outside, does }) => {
  withApp(
    program.command('handoff <id>').description('the hand-off: key URIs, commands, people, requirements, evidence')
  )
    .addOption(new Option('--format <format>', 'of the text').choices(['md', 'html', 'json']).default('md'))
    .option('--out <file>', 'write it there instead of printing it')
    .action(
      does(async (id: string, options: Options) => {
        const { format, out } = options
        const { text } = await clientOf(options, outside).ask('getHandOff', { id, query: { format } })
        if (out !== undefined) await writeFile(out, text)
        const data: unknown = format === 'json' ? JSON.parse(text) : { id, format, text }
        return {
          data: out === undefined ? data : { id, format, out },
          lines: out === undefined ? [text.trimEnd()] : [`Written to ${out}.`]
        }
      })
    )
}
