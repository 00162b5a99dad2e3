/** A storage account of the seed. Its host name is `{name}.blob.core.windows.net`. */
export interface StorageAccountSeed {
  /** 3–24 lower-case letters and digits. */
  readonly name: string
  readonly containers: readonly StorageContainerSeed[]
  readonly assignments: readonly StorageAssignment[]
}

export interface StorageContainerSeed {
  readonly name: string
  /** Days of the locked default policy of version-level immutability; absent where blobs may change. */
  readonly immutableDays?: number
}

/** What one identity may do to the blobs of the whole account, or of one container. Assignments add up. */
export interface StorageAssignment {
  readonly objectId: string
  /** The whole account when absent. */
  readonly container?: string
  readonly rights: readonly StorageRight[]
}

/**
 * Azure's data actions, each named by the end of its name under
 * `Microsoft.Storage/storageAccounts/blobServices/`: `blobs/add` creates only, `blobs/write` also replaces and leases.
 * https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory
 */
export type StorageRight =
  | 'containers/read'
  | 'containers/write'
  | 'containers/delete'
  | 'blobs/read'
  | 'blobs/add'
  | 'blobs/write'
  | 'blobs/delete'
  | 'immutableStorage/runAsSuperUser'

/** What a slot's identity holds on its account, and `app` on its container `ledger`: added, never replaced (DESIGN §4.3). */
export const adderRights: readonly StorageRight[] = ['containers/read', 'blobs/read', 'blobs/add']

/** What an operator of a slot holds on its container `backups`, to keep offline copies. */
export const readerRights: readonly StorageRight[] = ['containers/read', 'blobs/read']

/** What the `app` identity holds on its container `records`, and every identity on the container `locks` of its store. */
export const writerRights: readonly StorageRight[] = ['containers/read', 'blobs/read', 'blobs/add', 'blobs/write']
