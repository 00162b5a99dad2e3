import { unreadBecause, type Deployed } from '../../azure/deployed.ts'
import { appChecks } from '../../domain/deployment/app-checks.ts'
import type { DeployedCheck, Lack, Place } from '../../domain/deployment/check.ts'
import { slotChecks } from '../../domain/deployment/slot-checks.ts'
import type { Identity, Slot } from '../../domain/terms/evidence.ts'
import { once } from '../../lazily.ts'
import { appLooks, slotLooks, type Looks } from './deployed-facts.ts'

/** What one check found in one part of a deployment. */
export interface Inspected {
  readonly part: Identity
  readonly code: string
  /** Empty: nothing. */
  readonly lacks: readonly Lack[]
  /** Why it was not made: nothing is known then, and nothing passed. */
  readonly unread?: string
}

/** Looks at what was deployed into a subscription: the app's part, or one slot's. Changes nothing. */
export const inspectApp = (deployed: Deployed, place: Place): Promise<Inspected[]> =>
  inspected('app', appChecks, appLooks(deployed, place), place)

export const inspectSlot = (deployed: Deployed, place: Place, slot: Slot): Promise<Inspected[]> =>
  inspected(`slot-${slot}`, slotChecks(slot), slotLooks(deployed, place, slot), place)

function inspected<Facts>(
  part: Identity,
  checks: readonly DeployedCheck<Facts>[],
  looks: Looks<Facts>,
  place: Place
): Promise<Inspected[]> {
  const reads = readOnce(looks)
  return Promise.all(
    checks.map(async ({ code, needs, lacks }) => {
      try {
        const facts = await Promise.all(needs.map(async (fact) => [fact, await reads(fact)] as const))
        // Each check names what it reads (`check` in src/domain/deployment/check.ts), so those are there.
        return { part, code, lacks: lacks(Object.fromEntries(facts) as Facts, place) }
      } catch (error) {
        const unread = unreadBecause(error)
        if (unread === undefined) throw error
        return { part, code, lacks: [], unread }
      }
    })
  )
}

function readOnce<Facts>(looks: Looks<Facts>): <Fact extends keyof Facts>(fact: Fact) => Promise<Facts[Fact]> {
  const read = new Map<keyof Facts, () => Promise<unknown>>()
  return <Fact extends keyof Facts>(fact: Fact) => {
    const look = read.get(fact) ?? once(() => looks[fact]())
    read.set(fact, look)
    return look() as Promise<Facts[Fact]> // what `looks` has under this name
  }
}
