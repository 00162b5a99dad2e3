import type { EffectOverride, Exception, ResourceSelector, Selector } from '../resources/assigned-policy.ts'
import { sameText } from '../terms/same-text.ts'
import { shortRegion } from '../terms/short-region.ts'
import type { PlannedWrite } from './planned-write.ts'
import { every, some, unsure, type Truth } from './unsure.ts'

/**
 * Whether any of them takes the resource in; without any, everything is.
 * https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure#resource-selectors
 */
export const takenIn = (selectors: readonly ResourceSelector[], write: PlannedWrite): Truth =>
  selectors.length === 0 || some(selectors.map((each) => allTake(each.selectors, write)))

/**
 * Whether the assignment reaches the write. No document says whether one to a resource group rules the group itself.
 * https://learn.microsoft.com/azure/governance/policy/concepts/scope#assignment-scopes
 */
export const isRuled = (scope: string, write: PlannedWrite): Truth =>
  isGroup(write) && sameText(write.id, scope) ? unsure : isWithin(write.id, scope)

const isGroup = ({ type }: PlannedWrite): boolean => /\/resourceGroups$/i.test(type)

/** Whether it is left out of the assignment or exempted from it. */
export const isExcepted = (exceptions: readonly Exception[], write: PlannedWrite): Truth =>
  some(exceptions.map(({ scope, selectors }) => isWithin(write.id, scope) && takenIn(selectors, write)))

/** The effect on one resource; `unsure` where it is not known whether an override takes it in. */
export function effectOn(
  { effect, overrides }: { readonly effect: string; readonly overrides: readonly EffectOverride[] },
  write: PlannedWrite
): string | typeof unsure {
  for (const override of overrides) {
    const taken = allTake(override.selectors, write)
    if (taken === true) return override.effect
    if (taken === unsure && override.effect !== effect) return unsure
  }
  return effect === '' ? unsure : effect
}

const allTake = (selectors: readonly Selector[], write: PlannedWrite): Truth =>
  every(selectors.map((selector) => takes(selector, write)))

function takes({ kind, in: within, notIn }: Selector, write: PlannedWrite): Truth {
  const what = whatOf(kind, write)
  if (what === unsure) return unsure
  const isAmong = (list: readonly string[]): boolean =>
    what !== undefined && list.some((each) => sameText(shortRegion(each), shortRegion(what)))
  return within ? isAmong(within) : !isAmong(notIn ?? [])
}

/** Members of an initiative are told apart before; who asks is nothing that a resource says. */
function whatOf(kind: string, { type, location }: PlannedWrite): string | undefined | typeof unsure {
  if (sameText(kind, 'resourceType')) return type
  if (sameText(kind, 'resourceLocation')) return location ?? unsure
  // Only what lies in no resource group: https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure
  if (sameText(kind, 'resourceWithoutLocation')) return undefined
  return unsure
}

/** Whether an ARM id is, or lies in, what another is of; everything lies in the empty one. */
export const isWithin = (id: string, scope: string): boolean =>
  scope === '' || id.toLowerCase() === scope.toLowerCase() || id.toLowerCase().startsWith(`${scope.toLowerCase()}/`)
