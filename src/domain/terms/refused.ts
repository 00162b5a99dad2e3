import type { Cause } from './causes.ts'
import type { Identity } from './evidence.ts'

/** What of Azure a call was about, as far as its address tells. */
export interface CallPlace {
  readonly subscriptionId?: string
  readonly resourceGroup?: string
  readonly vault?: string
  readonly key?: string
  /** Name of a storage account. */
  readonly store?: string
}

/** The narrowest thing that a place names, as findings name it. */
export const narrowestIn = ({ vault, key, store, subscriptionId }: CallPlace): string | undefined =>
  (vault && key && `${vault}/${key}`) ?? vault ?? store ?? subscriptionId

/** One refusal of Azure whose cause is known. */
export interface Refused {
  readonly cause: Cause
  readonly identity: Identity
  /** The app's name of the call, e.g. `GET subscribed SKUs`. */
  readonly operation?: string
  /** The right to set up was taken back: the guard role must do. Absent where nobody knows. */
  readonly settled?: boolean
  /** Who refused, with code, call and Azure's own sentence. */
  readonly observed: string
  readonly place: CallPlace
  /** The action and the scope, e.g. `Microsoft.KeyVault/vaults/write on /…`, where Azure says it. */
  readonly missingRight?: string
  /** What Azure names as being in the way: an assignment of a policy, a locked scope, a resource provider. */
  readonly obstacle?: string
}
