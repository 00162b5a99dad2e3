import type { RecordStore } from '../../contracts/record-store.ts'
import { branchChain } from '../../domain/ledger/chains.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { isClosed } from '../../domain/ledger/judgements.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { eachOf } from '../../at-a-time.ts'

/** How each branch of a plan has ended; undefined where it goes on, or was not begun. */
export async function endsOfBranches(
  store: RecordStore,
  { id, policies }: Pick<Plan, 'id' | 'policies'>
): Promise<(Entry<'closed'> | undefined)[]> {
  const chains = policies.flatMap((policy) =>
    policy.vaults.map(({ slot }) => branchChain(id, { policy: policy.id, slot }))
  )
  return eachOf(chains, async (chain) => entriesOfKind(await chainsIn(store).read(chain, isClosed), 'closed')[0])
}
