import type { RecordStore } from '../../contracts/record-store.ts'
import { branchChainsOf } from '../../domain/ledger/chains.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { isClosed } from '../../domain/ledger/judgements.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { eachOf } from '../../at-a-time.ts'

/** How each branch of a plan has ended; undefined where it goes on, or was not begun. */
export const endsOfBranches = async (store: RecordStore, plan: OfBranches): Promise<(Entry<'closed'> | undefined)[]> =>
  (await branchesIn(store, plan)).map((entries) => entriesOfKind(entries, 'closed')[0])

type OfBranches = Pick<Plan, 'id' | 'policies'>

/** The chain of each branch of a plan; empty where it was not begun. */
export const branchesIn = (store: RecordStore, plan: OfBranches): Promise<(readonly Entry[])[]> =>
  eachOf(branchChainsOf(plan), (chain) => chainsIn(store).read(chain, isClosed))
