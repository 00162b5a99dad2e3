import { z } from 'zod'
import { choiceFields } from '../terms/choices.ts'
import {
  addresses,
  adminUrl,
  guid,
  longestList,
  namePrefix,
  party,
  region,
  regions,
  scope,
  slot,
  vaultNames,
  workload
} from '../terms/fields.ts'

const maybe = <Value extends z.ZodType>(value: Value) => value.optional().catch(undefined)

const each = <Item extends z.ZodType>(item: Item) => z.array(item).max(longestList).catch([])

const people = each(maybe(party))

const subscription = z
  .object({ slot: maybe(slot), id: maybe(guid), region: maybe(region), operators: people, administrators: people })
  .catch({ operators: [], administrators: [] })

const policy = z
  .object({
    workload: maybe(workload),
    scope: maybe(scope),
    regions: maybe(regions),
    vaultNames: maybe(vaultNames),
    adminUrl: maybe(adminUrl)
  })
  .catch({})

/**
 * A request of which only the sound fields are kept: what rules between fields look at. Reading one never fails,
 * and positions in lists stay those of the request.
 */
export const soundRequest = z
  .object({
    namePrefix: maybe(namePrefix),
    subscriptions: each(subscription),
    policies: each(policy),
    addresses: maybe(addresses),
    purpose: maybe(choiceFields.purpose),
    sku: maybe(choiceFields.sku)
  })
  .catch({ subscriptions: [], policies: [] })

export type SoundRequest = z.output<typeof soundRequest>

export type SoundPolicy = z.output<typeof policy>
