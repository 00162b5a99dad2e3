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

interface Proposed extends ProposalOf {
  /** Object id of who said it. */
  readonly oid: string
}

const proposal = defineRecord({
  kind: 'vault to be adopted',
  format: 1,
  schema,
  name: ({ oid, ...of }: Proposed) => `${nameOf(of)}.${oid.toLowerCase()}.json`
})

const confirmation = defineRecord({
  kind: 'confirmed adoption',
  format: 1,
  schema: said,
  name: (of: ProposalOf) => `${nameOf(of)}.confirmed.json`
})

/** All who have said it: whoever said it first may stand for its slot no more by the time it is confirmed. */
export async function readProposals(store: RecordStore, of: ProposalOf): Promise<VaultProposal[]> {
  const { value: names } = await store.list('records', `${nameOf(of)}.`)
  const said = names.filter((name) => name !== confirmation.nameOf(of)).toSorted()
  return (
    await Promise.all(
      said.map(async (name) => {
        const { value } = await store.read({ container: 'records', name })
        return value ? [proposal.parse(value.bytes, name)] : []
      })
    )
  ).flat()
}

/** What a person has said of it stays. */
export async function writeProposal(store: RecordStore, of: ProposalOf, content: VaultProposal): Promise<void> {
  await proposal.put(store, { ...of, oid: content.person.oid }, content)
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
