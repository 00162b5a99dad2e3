import type { AssignedPolicy } from '../resources/assigned-policy.ts'
import { evaluated } from './evaluate.ts'
import { selected } from './fields.ts'
import { holds, type Look } from './holds.ts'
import { compared } from './operators.ts'
import { isLookedAt, type PlannedWrite } from './planned-write.ts'
import { effectOn, isExcepted, isRuled, takenIn } from './selectors.ts'
import { every, isList, isRecord, not, some, unsure, written, type Truth, type Value } from './unsure.ts'

/** What a policy will do to a write. `unsure`: it may refuse or change it, and the app cannot tell. */
export type Bearing = 'passes' | 'audits' | 'refuses' | 'rewrites' | 'unsure'

/** What is judged by: when, and what is taken for unknown, to learn what decides. */
export interface Circumstances {
  /** ISO 8601 UTC */
  readonly now: string
  readonly hidden?: (field: string) => boolean
}

/**
 * Looks at a write as Azure Policy will when it is asked for.
 * https://learn.microsoft.com/azure/governance/policy/concepts/effect-basics
 */
export function bearingOn(policy: AssignedPolicy, write: PlannedWrite, circumstances: Circumstances): Bearing {
  const effect = effectOn(policy, write)
  if (effect !== unsure && harmless.has(effect)) return 'passes'
  if (isRuled(policy.scope, write) === false) return 'passes'
  if (policy.condition === undefined) return policy.doubt === undefined ? 'passes' : 'unsure'
  if (!isLookedAt(write, policy.mode)) return 'passes'
  const applies = every([
    isRuled(policy.scope, write),
    takenIn(policy.selectors, write),
    not(isExcepted(policy.exceptions, write)),
    holds(policy.condition, lookAt(policy, write, circumstances))
  ])
  if (applies === false) return 'passes'
  if (applies === unsure || effect === unsure || policy.doubt !== undefined)
    return effect === 'audit' ? 'passes' : 'unsure'
  return consequence(effect, policy, lookAt(policy, write, circumstances))
}

/** They change and refuse nothing that is written, or only let something be made beside it. */
const harmless = new Set(['disabled', 'auditifnotexists', 'deployifnotexists', 'manual', 'auditaction'])

function lookAt({ parameters }: AssignedPolicy, write: PlannedWrite, { now, hidden }: Circumstances): Look {
  const given = new Map(Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    fields: { write, ...(hidden && { hidden }) },
    now,
    parameters: (name) => (given.has(name.toLowerCase()) ? given.get(name.toLowerCase()) : unsure)
  }
}

function consequence(effect: string, { details }: AssignedPolicy, look: Look): Bearing {
  if (effect === 'audit') return 'audits'
  if (effect === 'deny') return 'refuses'
  if (effect === 'denyaction') return isOfDeletions(details) ? 'passes' : 'unsure'
  const changes =
    effect === 'modify' && isRecord(details) ? details['operations'] : effect === 'append' ? details : undefined
  if (!isList(changes)) return 'unsure'
  return ofChanges(effect, changes, look)
}

function ofChanges(effect: string, changes: readonly Value[], look: Look): Bearing {
  if (effect === 'append' && changes.some((change) => conflicts(change, look))) return 'refuses'
  const changed = some(changes.map((change) => not(leaves(change, look))))
  return changed === unsure ? 'unsure' : changed ? 'rewrites' : 'passes'
}

/** The app deletes nothing: https://learn.microsoft.com/azure/governance/policy/concepts/effect-deny-action */
const isOfDeletions = (details: Value): boolean =>
  isRecord(details) &&
  isList(details['actionNames']) &&
  details['actionNames'].every((each) => written(each).toLowerCase() === 'delete')

/**
 * Whether an operation leaves a write as it is: it does not apply, or would make of it what it already is.
 * https://learn.microsoft.com/azure/governance/policy/concepts/effect-modify#modify-operations
 */
function leaves(change: Value, look: Look): Truth {
  if (!isRecord(change)) return unsure
  const applies = change['condition'] === undefined ? true : evaluated(change['condition'], look)
  return some([not(typeof applies === 'boolean' ? applies : unsure), keeps(change, look)])
}

/** Whether a write already is what an operation would make of it. */
function keeps(change: Readonly<Record<string, Value>>, look: Look): Truth {
  const field = evaluated(change['field'], look)
  if (typeof field !== 'string') return unsure
  const { values, isCollection } = selected(field, look.fields)
  const operation = (written(change['operation']) || 'append').toLowerCase()
  const isThere = values.length > 0 && values.every((value) => value !== undefined)
  if (operation === 'remove') return !isThere
  if (operation === 'add' && isThere && /^tags\b/i.test(field)) return true
  const wanted = evaluated(change['value'], look)
  if (isCollection && values.length === 0) return operation === 'append' ? false : unsure
  return every(values.map((value) => compared('equals', value, wanted)))
}

/** What would put another value in the place of one that is written refuses: see effect-append, beside effect-basics. */
function conflicts(change: Value, look: Look): boolean {
  const field = isRecord(change) && evaluated(change['field'], look)
  if (typeof field !== 'string') return false
  const { values, isCollection } = selected(field, look.fields)
  const isWritten = !isCollection && values.every((value) => value !== undefined && value !== unsure)
  return isWritten && leaves(change, look) === false
}
