import { AzureCallError, isPassing } from '../../azure/errors.ts'
import { runChecks, type CheckedResource, type CheckResults } from '../../domain/checks/checks.ts'
import {
  lackingRights,
  slotTemplateChecks,
  type LackingRight,
  type SlotTemplateExpected,
  type SlotTemplateObserved
} from '../../domain/checks/slot-template.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Call } from '../../domain/terms/evidence.ts'
import { callsOf, type Reading } from '../../domain/terms/reading.ts'
import type { Reach } from '../step.ts'

/**
 * What a slot's identity lacks of what its deployment gives in this release, by the roles that it holds. Undefined where
 * nobody is shown that: the subscription or the directory is closed to the app, which is a finding of its own.
 */
export async function rightsSeen(
  { azure, config }: Reach,
  expected: SlotTemplateExpected
): Promise<RightsSeen | undefined> {
  const { slot, subscriptionId } = expected
  try {
    const { value: principal, call: found } = await azure.app.graph.servicePrincipal(
      config.identities[slotIdentity(slot)]
    )
    if (!principal) return undefined
    const { value, ...by } = await azure.slot(slot).roleAssignments.heldBy(subscriptionId, principal.objectId)
    return { value: lackingRights(value, expected), call: by.call, calls: [found, ...[callsOf(by)].flat()] }
  } catch (error) {
    if (isUnlisted(error)) return { value: [{ role: 'guard', action: listing }], call: error.call, refused: error }
    if (error instanceof AzureCallError && !isPassing(error) && error.kind !== 'unreadable') return undefined
    throw error
  }
}

interface RightsLook extends Partial<Pick<SlotTemplateObserved, 'alertsMissing'>> {
  readonly about: Omit<CheckedResource, 'call'>
  /** By which it was seen whether alerts are there. */
  readonly alertsBy?: Call
  /** What Azure would not show the same identity. */
  readonly refused?: AzureCallError
}

/** `refused`: by which Azure would not show the roles themselves: one right is known to lack, and of the others nothing. */
interface RightsSeen extends Reading<LackingRight[]> {
  readonly refused?: AzureCallError
}

const listing = 'Microsoft.Authorization/roleAssignments/read'

/** Without this right nobody would notice before the hand-off who else may do what (R32, R34). */
const isUnlisted = (error: unknown): error is AzureCallError =>
  error instanceof AzureCallError &&
  error.operation === 'LIST role assignments' &&
  error.kind === 'forbidden' &&
  (error.refused === undefined || error.refused.cause === 'role-missing')

export function rightsChecked(
  { value: lacking, ...by }: Reading<LackingRight[]>,
  expected: SlotTemplateExpected,
  { about, refused, alertsMissing = [], alertsBy }: RightsLook
): CheckResults {
  const observed = { lacking, alertsMissing, ...(refused && { refusal: refused.happened }) }
  return runChecks(slotTemplateChecks, observed, expected, {
    ...about,
    call: [...[callsOf(by)].flat(), ...(alertsBy ? [alertsBy] : [])]
  })
}

/** Whether it is a right that lacks: one finding then names all that lack. */
export const isForWantOfRights = (error: unknown, seen: RightsSeen | undefined): error is AzureCallError =>
  seen?.refused === undefined &&
  error instanceof AzureCallError &&
  error.kind === 'forbidden' &&
  (error.refused === undefined || error.refused.cause === 'role-missing') &&
  (seen?.value.length ?? 0) > 0
