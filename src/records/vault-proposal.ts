import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import { person } from '../domain/people/person.ts'
import { canonicalJson } from '../domain/terms/digest.ts'
import { sha256 } from '../sha256.ts'
import { defineRecord } from './define-record.ts'

const said = z.object({ by: z.string(), person, at: z.string() })

/** What is to become the rule of a vault: said by its slot, and confirmed by the other. Waits for that as long as it takes. */
export type VaultProposal = Readonly<z.output<typeof schema>>

const schema = said.extend({
  /** What is looser than what was handed off before, in words. */
  loosens: z.array(z.string()).readonly()
})

interface ProposalOf {
  readonly vaultName: string
  readonly digest: string
}

const nameOf = ({ vaultName, digest }: ProposalOf) => `adoptions/${vaultName.toLowerCase()}/${digest}`

const proposal = defineRecord({
  kind: 'vault to be adopted',
  format: 1,
  schema,
  name: (of: ProposalOf) => `${nameOf(of)}.json`
})

const confirmation = defineRecord({
  kind: 'confirmed adoption',
  format: 1,
  schema: said,
  name: (of: ProposalOf) => `${nameOf(of)}.confirmed.json`
})

export const readProposal = (store: RecordStore, of: ProposalOf): Promise<VaultProposal | undefined> =>
  proposal.read(store, of)

/** The first of the same stays. */
export async function writeProposal(store: RecordStore, of: ProposalOf, content: VaultProposal): Promise<void> {
  await proposal.put(store, of, content)
}

export async function writeConfirmation(
  store: RecordStore,
  of: ProposalOf,
  content: z.output<typeof said>
): Promise<void> {
  await confirmation.put(store, of, content)
}

/** Names what is proposed with all that is looser in it: whoever confirms has seen that very thing. */
export const proposalDigest = (rules: object, loosens: readonly string[]): string =>
  sha256(canonicalJson({ rules, loosens })).slice(0, 32)
