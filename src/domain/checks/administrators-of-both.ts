import { sameText } from '../terms/same-text.ts'

/** Somebody who holds a role that administers a slot's resource group, or may take it on. */
export interface AdministratorSeen {
  /** Of the person, the group or the program; a group's people stand beside it, each by themselves. */
  readonly objectId: string
  /**
   * A program acts for whoever runs it; a partner is of another tenant, whose people this one is not shown; an emergency
   * account (“break glass”) is one that the request names.
   */
  readonly kind: 'person' | 'group' | 'program' | 'partner' | 'emergency'
  readonly roleName: string
  readonly scope: string
  /** They do not hold it, and may take it on. */
  readonly isEligible?: boolean
  /** Object id of the group that holds it. */
  readonly through?: string
  /** To which Azure Lighthouse delegates it. */
  readonly tenant?: string
}

export interface AdministratorsObserved {
  readonly own: readonly AdministratorSeen[]
  readonly other: readonly AdministratorSeen[]
  /** What of either slot could not be read, and why: nothing is known of it. */
  readonly unread?: readonly string[]
}

/** One who administers both slots, with what they hold of each. */
export interface HeldByBoth extends Pick<AdministratorSeen, 'objectId' | 'kind'> {
  readonly own: readonly AdministratorSeen[]
  readonly other: readonly AdministratorSeen[]
}

/** Each once, in the order of their ids: Azure's lists have none. */
export function inBoth({ own, other }: AdministratorsObserved): HeldByBoth[] {
  const byId = new Map<string, AdministratorSeen[]>()
  for (const each of own)
    byId.set(each.objectId.toLowerCase(), [...(byId.get(each.objectId.toLowerCase()) ?? []), each])
  return [...byId.values()]
    .flatMap((held) => {
      const [first] = held
      const there = other.filter((each) => sameText(each.objectId, first?.objectId ?? ''))
      if (!first || there.length === 0) return []
      return [
        { objectId: first.objectId, kind: kindOf([...held, ...there]), own: inOrder(held), other: inOrder(there) }
      ]
    })
    .toSorted((one, another) => compare(one.objectId.toLowerCase(), another.objectId.toLowerCase()))
}

/** Why an operator may leave somebody in both slots; undefined where nobody may. Both halves of a finding say the same. */
export function meant({ kind, own, other }: HeldByBoth): 'inherited' | 'program' | 'partner' | 'emergency' | undefined {
  if (kind === 'program' || kind === 'partner' || kind === 'emergency') return kind
  return [own, other].some((held) => held.every(({ scope }) => isAbove(scope))) ? 'inherited' : undefined
}

/** A management group or the tenant's root. */
const isAbove = (scope: string): boolean => !scope.toLowerCase().startsWith('/subscriptions/')

/** Whoever holds a thing as a person holds it as one, however else. */
const kindOf = (held: readonly AdministratorSeen[]): AdministratorSeen['kind'] =>
  order.find((kind) => held.some((each) => each.kind === kind)) ?? 'person'

const order = ['emergency', 'person', 'group', 'partner', 'program'] as const

const inOrder = (held: readonly AdministratorSeen[]): AdministratorSeen[] =>
  held.toSorted((one, other) => compare(textOf(one), textOf(other)))

const textOf = ({ roleName, scope, isEligible, through }: AdministratorSeen): string =>
  [scope, roleName, isEligible === true ? 'eligible' : '', through ?? ''].join(' ').toLowerCase()

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
