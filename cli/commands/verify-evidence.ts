import { z } from 'zod'
import { evidencePage, type EvidenceBatch } from '../../src/domain/api-schemas.ts'
import { canonicalJson } from '../../src/domain/digest.ts'
import type { Client } from '../client.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../program.ts'
import { exitCodes } from '../report.ts'
import { sha256 } from '../sha256.ts'
import { viewOf } from './status.ts'

const references = z.looseObject({ evidence: z.array(z.object({ store: z.string(), name: z.string(), sha256: z.string() })) })
const digestOf = (text: string): string => sha256(Buffer.from(text))

/** Recomputes every digest on this machine: hand-off, batches, and that the hand-off names each as it lies there. */
export const addVerifyEvidence: AddCommand = (program, { outside, does }) => {
  withApp(program.command('verify-evidence <id>').description('recompute the digests of hand-off and evidence; exit code 1 if one differs'))
    .action(does(async (id: string, options: AppOptions) => {
      const client = clientOf(options, outside)
      const { view } = await viewOf(id, options, outside)
      const batches = await allBatches(client, id)
      const document = view.handOff && (await client.ask('GET', `onboardings/${encodeURIComponent(id)}/hand-off?format=json`)).text
      const ofHandOff = document === null ? [] : faultsOfHandOff(document, view.handOff?.sha256, batches)
      const faults = [...batches.flatMap(faultsOfBatch), ...ofHandOff]
      const records = batches.reduce((sum, batch) => sum + batch.records.length, 0)
      const found = `${String(batches.length)} batches with ${String(records)} records`
      const whole = document === null ? 'there is no hand-off yet' : 'the hand-off names each of its batches'
      return {
        data: { id, batches: batches.length, records, handOff: document !== null, faults },
        lines: faults.length === 0 ? [`${found}: every digest holds; ${whole}.`] : [`${found}: ${String(faults.length)} do not hold.`, ...faults.map((each) => `  ✗ ${each}`)],
        exitCode: faults.length === 0 ? exitCodes.done : exitCodes.refused
      }
    }))
}

async function allBatches(client: Client, id: string): Promise<EvidenceBatch[]> {
  const batches: EvidenceBatch[] = []
  for (let continuation = ''; ;) {
    const query = continuation === '' ? '' : `?continuation=${encodeURIComponent(continuation)}`
    const page = await client.get(`onboardings/${encodeURIComponent(id)}/evidence${query}`, evidencePage)
    batches.push(...page.batches)
    if (page.continuation === undefined) return batches
    continuation = page.continuation
  }
}

/** A batch's name ends with the start of its digest. */
function faultsOfBatch({ name, records }: EvidenceBatch): string[] {
  const digest = digestOf(canonicalJson(records))
  return name.includes(digest.slice(0, 12)) ? [] : [`${name}: its records have the digest ${digest}`]
}

function faultsOfHandOff(text: string, expected: string | undefined, batches: readonly EvidenceBatch[]): string[] {
  const digests = new Map(batches.map(({ store, name, records }) => [`${store} ${name}`, digestOf(canonicalJson(records))]))
  const { evidence } = references.parse(JSON.parse(text))
  return [
    ...digestOf(text) === expected ? [] : [`the hand-off has the digest ${digestOf(text)}, not ${expected ?? 'one that is known'}`],
    ...evidence.flatMap(({ store, name, sha256: named }) => {
      const there = digests.get(`${store} ${name}`)
      if (there === undefined) return [`${name}: named by the hand-off, missing in the store of ${store}`]
      return there === named ? [] : [`${name}: the hand-off names ${named}, its records have ${there}`]
    })
  ]
}
