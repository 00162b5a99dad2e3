import { resolve } from 'node:path'
import { writeEvidence } from '../evidence-folder.ts'
import { evidenceOf } from '../evidence-set.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../shell.ts'
import { viewOf } from './status.ts'

/** `ckey export-evidence`: hand-off and evidence as files, which `ckey verify-evidence` checks without the app. */
export const addExportEvidence: AddCommand = (program, { outside, does }) => {
  withApp(
    program.command('export-evidence <id>').description('write the hand-off, all evidence and the ledger to a folder')
  )
    .requiredOption('--to <folder>', 'where to')
    .action(
      does(async (id: string, { to, ...options }: AppOptions & { to: string }) => {
        const { view } = await viewOf(id, options, outside)
        const set = await evidenceOf(clientOf(options, outside), id, view.handOff)
        const folder = resolve(to)
        writeEvidence(folder, set)
        const data = { id, folder, batches: set.batches.length, handOff: set.handOff !== undefined }
        return {
          data,
          lines: [
            `${String(set.batches.length)} batches of evidence ${set.handOff ? 'and the hand-off ' : ''}are in ${folder}.`,
            `Check them anywhere: ckey verify-evidence ${to}`
          ]
        }
      })
    )
}
