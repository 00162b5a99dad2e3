import type { Activities } from '../contracts/activities.ts'
import { anHour } from '../domain/state/azure-wait.ts'
import { act, type Story } from './durable.ts'
import { patiently, type Telling } from './patiently.ts'

/** What reads and writes an onboarding's own chains. */
type LedgerActivity = 'recall' | 'hear' | 'judge' | 'amend' | 'end-chapter' | 'gather-branches' | 'close'

/**
 * Whoever cannot reach the ledger cannot go on, and waits for it. What it refuses for an hour fails as the last try did, and the
 * watch takes over. Nobody is heard meanwhile: what people say stands there, too.
 */
export const atLedger = <N extends LedgerActivity>(
  desk: Telling,
  name: N,
  input: Activities[N]['input']
): Story<Activities[N]['output']> =>
  patiently(desk, { what: 'the ledger in the storage of the app', patience: anHour }, () =>
    act(desk.context, name, input)
  )
