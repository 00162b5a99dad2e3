import type { KeyVaultManagementClient } from '@azure/arm-keyvault'
import type { Vault } from '../domain/resources/vault.ts'
import type { Call } from '../domain/terms/evidence.ts'
import type { Reading } from '../domain/terms/reading.ts'
import { vaultIdOf } from '../domain/terms/vault-id.ts'
import { Misfit } from './answers/misfit.ts'
import type { Ask } from './call.ts'
import { createSharedLooks } from './shared-looks.ts'
import type { VaultPlace } from './vault-place.ts'
import { vaultOf } from './vault-shape.ts'

interface VaultList {
  /** By ARM id in small letters, each with the call of the very page it stood in. */
  readonly all: ReadonlyMap<string, Reading<Vault>>
  /** Of the last page. */
  readonly call: Call
}

/**
 * One vault out of a list of its whole subscription, as a read of it alone would show it. Who asks under the same name, e.g. each
 * vault of one sweep, shares one list.
 * https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/list-by-subscription: a list of `Vault`, with all properties, unlike
 * …/vaults/list, which answers bare resources.
 */
export function createVaultLists(ask: Ask, clientFor: (id: string) => KeyVaultManagementClient) {
  const shared = createSharedLooks((subscriptionId) => ({ listed: everyVault(ask, clientFor(subscriptionId)) }))
  return async (vault: VaultPlace, look: string): Promise<Reading<Vault | undefined>> => {
    const { all, call } = await shared(vault.subscriptionId, look).listed
    return all.get(vaultIdOf(vault)) ?? { value: undefined, call }
  }
}

async function everyVault(ask: Ask, client: KeyVaultManagementClient): Promise<VaultList> {
  const all = new Map<string, Reading<Vault>>()
  const links = new Set<string>()
  for (let link: string | undefined; ; ) {
    const { page, next, call } = await onePage(ask, client, { link, links })
    for (const value of page) all.set(vaultIdOf({ ...value, vaultName: value.name }), { value, call })
    if (next === undefined) return { all, call }
    link = next
  }
}

interface Where {
  readonly link: string | undefined
  /** Of the pages that were read. */
  readonly links: Set<string>
}

interface OnePage {
  readonly page: readonly Vault[]
  readonly next: string | undefined
  readonly call: Call
}

/** Asked one by one, so that each vault cites the answer that it stood in. */
async function onePage(ask: Ask, client: KeyVaultManagementClient, { link, links }: Where): Promise<OnePage> {
  const { value, call } = await ask('LIST vaults', async (to) => {
    const listed = client.vaults.listBySubscription(to('vaults.listBySubscription'))
    for await (const page of listed.byPage(link === undefined ? {} : { continuationToken: link }))
      return { page: page.map(vaultOf), next: unreadIn(links, page.continuationToken) }
    return { page: [], next: undefined }
  })
  return { ...value, call }
}

function unreadIn(links: Set<string>, next: string | undefined): string | undefined {
  if (next === undefined) return undefined
  if (links.has(next)) throw new Misfit('/nextLink: expected a page that was not read yet')
  links.add(next)
  return next
}
