import type { Slot } from '../../src/domain/terms/evidence.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../shell.ts'
import { readSlot } from '../slot-option.ts'

interface Options extends AppOptions {
  readonly slot: Slot
  readonly location: string
  readonly statement?: string
}

/** `ckey attest-copy`: after go-live, when a newer backup asks for a new offline copy (R45). */
export const addAttestCopy: AddCommand = (program, { outside, does }) => {
  withApp(
    program
      .command('attest-copy')
      .description('record where the new offline copy of a slot’s backups is kept (see export-backups)')
  )
    .requiredOption('--slot <1|2>', 'whose backups', readSlot)
    .requiredOption('--location <text>', 'where it is kept, for whoever has to find it')
    .option('--statement <text>', 'e.g. the SHA-256 of its SHA256SUMS')
    .action(
      does(async ({ slot, location, statement, ...options }: Options) => {
        const body = { slot, location, ...(statement !== undefined && { statement }) }
        const taken = await clientOf(options, outside).callToTheEnd('attestOfflineCopy', { body })
        return {
          data: taken,
          lines: [`Recorded: the backups of slot ${slot} up to ${taken.at} lie offline, says ${taken.by}.`]
        }
      })
    )
}
