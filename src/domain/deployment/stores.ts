import { check, type DeployedCheck, type Lack } from './check.ts'
import type { PartFacts } from './facts.ts'
import { lastName, said } from './resource.ts'

interface Cures {
  /** Deploys what the template has. */
  readonly deploy: string
  /** Locks the policies. */
  readonly lock: string
}

/** What keeps a store: no keys, versions, soft delete, policies that are locked, and a lock against deletion. */
export const storeChecks = <Facts extends PartFacts>(cures: Cures): readonly DeployedCheck<Facts>[] => [
  check<Facts, 'stores'>('store-keys', ['stores'], ({ stores }) =>
    stores.flatMap((store) =>
      said(store, 'allowSharedKeyAccess') === false && said(store, 'allowBlobPublicAccess') === false
        ? []
        : [{ on: store.name, observed: 'it can be opened by a key, or without anybody signed in', cure: cures.deploy }]
    )
  ),
  check<Facts, 'blobs'>('store-versions', ['blobs'], ({ blobs }) => {
    if (!blobs) return [{ on: 'the store', observed: 'there is none', cure: cures.deploy }]
    const lacks = (path: string, observed: string): Lack[] =>
      said(blobs, path) === true ? [] : [{ on: accountOf(blobs.id), observed, cure: cures.deploy }]
    return [
      ...lacks('isVersioningEnabled', 'it keeps no versions'),
      ...lacks('deleteRetentionPolicy.enabled', 'blobs that are deleted are gone at once'),
      ...lacks('containerDeleteRetentionPolicy.enabled', 'containers that are deleted are gone at once')
    ]
  }),
  check<Facts, 'policies'>('locked-policies', ['policies'], ({ policies }) =>
    policies.flatMap(({ container, policy }) => {
      if (!policy) return [{ on: container, observed: 'no policy keeps it from change', cure: cures.deploy }]
      if (said(policy, 'state') === 'Locked') return []
      return [{ on: container, observed: 'its policy is not locked: it can be taken away', cure: cures.lock }]
    })
  ),
  check<Facts, 'locks' | 'blobs'>('store-lock', ['locks', 'blobs'], ({ locks, blobs }) =>
    !blobs || locks.some((lock) => ['CanNotDelete', 'ReadOnly'].includes(String(said(lock, 'level'))))
      ? []
      : [{ on: accountOf(blobs.id), observed: 'no lock keeps the account from being deleted', cure: cures.deploy }]
  )
]

const accountOf = (id: string): string => /\/storageAccounts\/([^/]+)/i.exec(id)?.[1] ?? lastName({ id })
