import type { AdoptionInput } from '../../domain/backups/adoption.ts'
import { doors } from '../../domain/ledger/gates.ts'
import type { Gate } from '../../domain/people/standing.ts'
import { otherSlot } from '../../domain/terms/by-slot.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import { listOf } from '../../domain/terms/words.ts'
import type { VaultProposal } from '../../records/vault-proposal.ts'
import type { TenantPeople } from '../../records/tenant-people.ts'
import type { Party } from '../../domain/people/parties.ts'
import { partiesSaid, tenantParties, type TenantParties } from '../people/tenant-parties.ts'
import { actedForOther } from '../people/acted-before.ts'
import { weighed } from '../people/weighed.ts'
import { findParty } from '../preflight/standing.ts'
import type { Reach } from '../step.ts'

/** What somebody may say of a vault to be adopted. `people`: who stands for the slots, where it is said for the first time. */
export type Adopter =
  | {
      readonly may: 'propose' | 'look' | 'confirm'
      readonly people: TenantPeople | undefined
      readonly parties: readonly Party[]
    }
  | { readonly why: string }

type Handing = AdoptionInput & { readonly now: string }

/** By an operator of its slot, then by one of the other; who they are is known, or said by both with this vault. */
export async function adopterOf(reach: Reach, input: Handing): Promise<Adopter> {
  const known = await tenantParties(reach, reach.config.tenantId)
  const given = await peopleGiven(reach, input)
  if ('why' in given) return given
  const { people } = given
  const parties = known?.parties ?? (people && partiesSaid(people))
  if (parties === undefined) return { why: nobodyKnown }
  const contradiction = whyNotAsKnown(known, people, input)
  if (contradiction !== undefined) return { why: contradiction }
  const said = await mayOf(input, (gate) => whyNot(reach, input, { gate, parties }))
  return 'why' in said ? said : { ...said, parties, people: known ? undefined : people }
}

/** What they may say of it: whoever could only confirm is shown what there is to confirm. */
async function mayOf(
  { slot, confirms }: Handing,
  whyNotAt: (gate: Gate) => Promise<string | undefined>
): Promise<{ readonly may: 'propose' | 'look' | 'confirm' } | { readonly why: string }> {
  const own = confirms === undefined ? await whyNotAt(doors.propose(slot)) : undefined
  if (confirms === undefined && own === undefined) return { may: 'propose' }
  const other = await whyNotAt(doors.confirm(slot))
  if (other !== undefined) return { why: own ?? other }
  return { may: confirms === undefined ? 'look' : 'confirm' }
}

function whyNotAsKnown(
  known: TenantParties | undefined,
  people: TenantPeople | undefined,
  input: Handing
): string | undefined {
  if (known && people && !sameOperators(known.parties, partiesSaid(people))) return othersKnown
  return whyNotItsSubscription(known, input)
}

/**
 * Why it is confirmed by nobody, whoever handed it over: they stand for its slot still, and are another person. From here on
 * they have acted for it.
 */
export async function whyNoneHandedOver(
  reach: Reach,
  input: Handing,
  { said, parties }: { readonly said: readonly VaultProposal[]; readonly parties: readonly Party[] }
): Promise<string | undefined> {
  const others = said.filter(({ person }) => person.oid !== input.person.oid)
  let why = `${input.by} handed it over; R11 asks for two people.`
  for (const { by, person } of others) {
    const { slot, now } = input
    const no = await whyNot(reach, { by, person, now }, { gate: doors.adopt(slot), parties })
    if (no === undefined) return undefined
    why = `${by} handed it over and may not any more: ${no} Somebody else of slot ${String(slot)} hands it over anew.`
  }
  return why
}

async function whyNot(
  reach: Reach,
  { by, person, now }: Pick<Handing, 'by' | 'person' | 'now'>,
  { gate, parties }: { readonly gate: Gate; readonly parties: readonly Party[] }
): Promise<string | undefined> {
  const { tenantId } = reach.config
  return (await weighed(reach, { gate, person: { oid: person.oid, by }, parties, tenantId, now })).why
}

/** By object id, as the directory has them now. */
async function peopleGiven(
  reach: Reach,
  { people }: Handing
): Promise<{ readonly people: TenantPeople | undefined } | { readonly why: string }> {
  if (people === undefined) return { people: undefined }
  const unknown: string[] = []
  const slots = await Promise.all(
    people.map(async ({ slot, operators }) => ({
      slot,
      operators: (
        await Promise.all(
          operators.map(async (party) => {
            const { objectId } = await findParty(reach.azure.app.graph, party)
            if (objectId === undefined) unknown.push(party)
            return objectId === undefined ? [] : [{ party, objectId }]
          })
        )
      ).flat()
    }))
  )
  if (unknown.length > 0) return { why: `The directory does not have ${listOf(unknown)}.` }
  const crossed = (await Promise.all(slots.map((each) => crossedIn(reach, each)))).flat()
  return crossed.length > 0 ? { why: `${listOf(crossed)}. Name somebody else.` } : { people: { slots } }
}

/** Whoever has touched the other key is not let near this one. */
async function crossedIn(
  { azure, config }: Reach,
  { slot, operators }: TenantPeople['slots'][number]
): Promise<string[]> {
  const standing = operators.map(({ party, objectId }) => ({ objectId, upn: party, name: party }))
  const crossed = await actedForOther(azure.app.store, config.tenantId, { slot, standing, other: [] })
  return crossed.map(({ name, actedFor }) => `${name} has acted for slot ${String(actedFor)} of this tenant`)
}

function sameOperators(known: readonly Party[], given: readonly Party[]): boolean {
  const keysOf = (all: readonly Party[]): string =>
    [
      ...new Set(
        all
          .filter(({ isOperator }) => isOperator)
          .map(({ slot, objectId }) => `${String(slot)} ${objectId.toLowerCase()}`)
      )
    ]
      .toSorted()
      .join()
  return keysOf(known) === keysOf(given)
}

/** The subscription of a slot is not the other one's. */
function whyNotItsSubscription(
  known: TenantParties | undefined,
  { slot, subscriptionId }: Handing
): string | undefined {
  const other = otherSlot(slot)
  const isOthers = known?.subscriptions.some(
    (each) => each.slot === other && sameText(each.subscriptionId, subscriptionId)
  )
  return isOthers ? `The subscription ${subscriptionId} is that of slot ${String(other)}.` : undefined
}

const nobodyKnown =
  'Nobody has said yet who stands for the slots of this tenant: no onboarding was approved here. Name the operators of both in ' +
  '"people"; an operator of the vault’s slot hands it over, and one of the other confirms both.'

const othersKnown =
  'Who stands for the slots of this tenant is known already, and "people" names others. Leave it out; an onboarding changes who they are.'
