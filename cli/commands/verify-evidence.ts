import { statSync } from 'node:fs'
import { readEvidence } from '../evidence-folder.ts'
import { erasedFrom, evidenceFaults, evidenceOf, type EvidenceSet } from '../evidence-set.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../shell.ts'
import { exitCodes, type Report } from '../report.ts'
import { viewOf } from './status.ts'

/** Recomputes every digest on this machine: of a folder that `export-evidence` wrote, or of what the app hands out. */
export const addVerifyEvidence: AddCommand = (program, { outside, does }) => {
  withApp(
    program
      .command('verify-evidence <folder|id>')
      .description('recompute the digests of hand-off, evidence and ledger; exit code 1 if one differs')
  ).action(
    does(async (what: string, options: AppOptions) => {
      if (isFolder(what)) return verified(readEvidence(what))
      const { view } = await viewOf(what, options, outside)
      return verified(await evidenceOf(clientOf(options, outside), what, view.handOff))
    })
  )
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** Whoever rewrites all of a folder cannot rewrite these. */
const rootLines = (handOff: EvidenceSet['handOff']): string[] =>
  handOff === undefined
    ? []
    : [
        `The hand-off has the digest ${handOff.sha256}: compare it with the mail that told of its end, and with what each slot keeps.`
      ]

/** What was erased cannot be held to its digest: it is named, so that it can be asked about. */
const erasedLines = (erased: readonly string[]): string[] =>
  erased.length === 0
    ? []
    : [
        `${String(erased.length)} documents had a person erased out of them; their digests are those of before, by their own word:`,
        ...erased.map((each) => `  ${each}`)
      ]

function verified(set: EvidenceSet): Report {
  const { id, batches, handOff, ledger } = set
  const faults = evidenceFaults(set)
  const records = batches.reduce((sum, batch) => sum + batch.records.length, 0)
  const found = `${String(batches.length)} batches with ${String(records)} records`
  const entries = ledger.chains.reduce((sum, chain) => sum + chain.entries.length, 0)
  const followed = `${String(entries)} entries of the ledger follow one another`
  const whole = handOff ? 'the hand-off names each of its batches' : 'there is no hand-off yet'
  const erased = erasedFrom(set)
  return {
    data: { id, erased, batches: batches.length, records, handOff: handOff !== undefined, entries, faults },
    lines:
      faults.length === 0
        ? [`${found}: every digest holds; ${whole}; ${followed}.`, ...rootLines(handOff), ...erasedLines(erased)]
        : [`${found}: ${String(faults.length)} do not hold.`, ...faults.map((each) => `  ✗ ${each}`)],
    exitCode: faults.length === 0 ? exitCodes.done : exitCodes.refused
  }
}
