import { eachOf } from '../at-a-time.ts'
import type { AssignedPolicy, Exception, ResourceSelector, Selector } from '../domain/resources/assigned-policy.ts'
import { isWithin } from '../domain/governance/selectors.ts'
import { sameText } from '../domain/terms/same-text.ts'
import {
  assignment,
  type Assignment,
  type Definition,
  type Exemption,
  type Named,
  type Reference
} from './answers/policy.ts'
import { expiryDefinitions } from '../domain/checks/policy-rulings.ts'
import { effectParameter, usualEffect } from './harmless-definitions.ts'
import { isHard, isHarmless, mayBear, type Effects } from './policy-effects.ts'
import { isGlobal, lastOf, misfit, readDefinition, readInitiative, type Reading } from './policy-definitions.ts'
import { resolved, scopeOf, type Scope } from './policy-scope.ts'

export interface AssignmentScan extends Reading {
  readonly subscriptionId: string
  /** ARM ids of what is going to be written. */
  readonly written: readonly string[]
  readonly assigned: readonly Named[]
  readonly exemptions: readonly Exemption[]
}

/** The rules of one assignment, as far as they may bear on something in the subscription. */
export async function policiesOf(listed: Named, scan: AssignmentScan): Promise<AssignedPolicy[]> {
  const scope = scopeBelow(listed.id, scan)
  if (!scan.written.some((id) => isWithin(id, scope))) return []
  const fits = assignment.safeParse(listed)
  const name = listed.properties.displayName || listed.name
  if (!fits.success)
    return [doubtful({ assignmentId: listed.id, scope, assignment: name, title: name }, misfit(fits.error))]
  const { properties } = fits.data
  if (properties.enforcementMode && sameText(properties.enforcementMode, 'DoNotEnforce')) return []
  const known = { listed: fits.data, at: scope, name, scan, placed: placed(properties.notScopes ?? [], scan) }
  if (known.placed === 'outside') return []
  const outer = { ...known, placed: known.placed }
  return /\/policySetDefinitions\//i.test(properties.policyDefinitionId)
    ? membersOf(outer)
    : memberOf({ ...properties, policyDefinitionReferenceId: undefined }, { ...outer, scope: undefined })
}

interface Assigned {
  readonly listed: Assignment
  /** As `scope` of the policy. */
  readonly at: string
  readonly name: string
  readonly scan: AssignmentScan
  readonly placed: Placed
}

async function membersOf(assigned: Assigned): Promise<AssignedPolicy[]> {
  const { properties } = assigned.listed
  const read = await readInitiative(properties.policyDefinitionId, assigned.scan)
  if ('doubt' in read) return [doubtful({ ...about(assigned), title: read.title }, read.doubt)]
  const scope = scopeOf(properties.parameters, read.found.parameters)
  const members = read.found.policyDefinitions
  return (await eachOf(members, (each) => memberOf(each, { ...assigned, scope }), atATime)).flat()
}

/** ARM counts reads of an identity: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
const atATime = 4

interface Within extends Assigned {
  /** Parameters of the initiative; absent where the definition is assigned by itself. */
  readonly scope: Scope | undefined
}

async function memberOf(member: Reference, within: Within): Promise<AssignedPolicy[]> {
  const { listed, scan, placed } = within
  const { policyDefinitionId: id, policyDefinitionReferenceId: reference } = member
  const exceptions = [...placed.exceptions, ...exemptionsOf(listed.id, { ...scan, reference })]
  if (exceptions.some(({ scope, selectors }) => scope === '' && selectors.length === 0)) return []
  const overrides = overridesOf(listed, reference)
  const versions = versionsOf(listed, member)
  const given = effectIn(member, within.scope)
  const known = versions.map(
    (version): Effects => ({ id, version, overrides, told: given ?? usualEffect(id, version) })
  )
  if (!known.some(mayBear)) return []
  const selectors = selectorsIn(listed.properties.resourceSelectors)
  const common = { ...about(within), definition: lastOf(id), overrides, selectors, exceptions }
  const unread = {
    ...common,
    title: expiryDefinitions[lastOf(id)] ?? lastOf(id),
    effect: known[0]?.told ?? '',
    ...notRead
  }
  if (known.every(isHarmless)) return [unread]
  const read = await readDefinition(id, scan)
  return 'doubt' in read
    ? [{ ...unread, ...read }]
    : [{ ...common, title: read.title, ...ruleOf(read.found, { member, within }) }]
}

/** What the definition itself says, with the parameters of the member. */
function ruleOf(found: Definition, { member, within }: { readonly member: Reference; readonly within: Within }) {
  const { policyRule, parameters: defaults, mode, version } = found
  const { policyDefinitionId: id } = member
  const scope = scopeOf(member.parameters, defaults, within.scope)
  const effect = resolved(policyRule.then.effect, scope)
  const names = new Set([...Object.keys(member.parameters ?? {}), ...Object.keys(defaults ?? {})])
  const doubt =
    within.placed.doubt ??
    versionsOf(within.listed, member).flatMap((wanted) => ageOf(id, { wanted, version }) ?? [])[0]
  return {
    effect: typeof effect === 'string' ? effect.toLowerCase() : '',
    mode: mode ?? '',
    condition: policyRule.if,
    details: policyRule.then.details,
    parameters: Object.fromEntries([...names].map((name) => [name, scope(name)])),
    ...(doubt !== undefined && { doubt })
  }
}

const notRead = { mode: '', condition: undefined, details: undefined, parameters: {} }

const about = ({ listed, at, name }: Assigned) => ({ assignmentId: listed.id, scope: at, assignment: name })

/** What rules although nobody can say what. */
function doubtful(
  of: Pick<AssignedPolicy, 'assignmentId' | 'scope' | 'assignment' | 'title'>,
  doubt: string
): AssignedPolicy {
  return { ...of, definition: '', effect: '', overrides: [], selectors: [], exceptions: [], ...notRead, doubt }
}

/** Empty where it cannot be told: of somebody's own nobody knows which parameter the effect comes from. */
function effectIn({ policyDefinitionId: id, parameters }: Reference, outer: Scope | undefined): string | undefined {
  const given = Object.entries(parameters ?? {}).map(([name, { value }]) => {
    const word = outer ? resolved(value, outer) : value
    return { name, word: typeof word === 'string' ? word.toLowerCase() : '' }
  })
  const effect = given.find(({ name }) => sameText(name, effectParameter(id)))?.word
  return effect !== undefined && !isGlobal(id) && given.some(({ word }) => isHard(word)) ? '' : effect
}

/** Azure answers with the newest version of a definition of its own; a pinned older one may say something else. */
function ageOf(id: string, { wanted, version }: { readonly wanted: string | undefined; readonly version: Version }) {
  const [assigned, found] = [wanted, version].map((each) => each?.split('.', 1)[0])
  return !isGlobal(id) || assigned === undefined || found === undefined || assigned === found
    ? undefined
    : `version ${wanted ?? ''} of it is assigned, and Azure shows ${version ?? ''}`
}

type Version = string | null | undefined

/**
 * The versions that may be meant, where one is named: an override puts another in its place, for all resources or for some.
 * https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure#overrides
 */
function versionsOf({ properties }: Assignment, member: Reference): (string | undefined)[] {
  const pinned = member.definitionVersion ?? undefined
  const meant = (properties.overrides ?? []).flatMap(({ kind, value, selectors }) => {
    const [ofMembers, others] = parted(selectors ?? [])
    const isMeant = ofMembers.every((each) => isAmong(each, member.policyDefinitionReferenceId ?? ''))
    return sameText(kind ?? '', 'definitionVersion') && typeof value === 'string' && isMeant
      ? [{ version: value, isForAll: others.length === 0 }]
      : []
  })
  const versions = meant.map(({ version }) => version)
  return meant.some(({ isForAll }) => isForAll) ? versions : [pinned, ...versions]
}

function overridesOf({ properties }: Assignment, reference: string | null | undefined): AssignedPolicy['overrides'] {
  return (properties.overrides ?? []).flatMap(({ kind, value, selectors }) => {
    const [ofMembers, others] = parted(selectors ?? [])
    const isMeant = ofMembers.every((each) => isAmong(each, reference ?? ''))
    return sameText(kind ?? '', 'policyEffect') && typeof value === 'string' && isMeant
      ? [{ effect: value.toLowerCase(), selectors: others }]
      : []
  })
}

function parted(selectors: readonly Selector[]): [Selector[], Selector[]] {
  const isOfMember = ({ kind }: Selector): boolean => sameText(kind, 'policyDefinitionReferenceId')
  return [selectors.filter(isOfMember), selectors.filter((each) => !isOfMember(each))]
}

function isAmong({ in: within, notIn }: Selector, reference: string): boolean {
  const has = (list: readonly string[]): boolean => list.some((each) => sameText(each, reference))
  return within ? has(within) : !has(notIn ?? [])
}

/** An exemption may be of the whole assignment or of some members of its initiative. */
function exemptionsOf(
  assignmentId: string,
  { exemptions, subscriptionId, reference }: AssignmentScan & { readonly reference: string | null | undefined }
): Exception[] {
  return exemptions.flatMap(({ id, properties }) => {
    const members = properties.policyDefinitionReferenceIds ?? []
    const isMeant = members.length === 0 || members.some((each) => sameText(each, reference ?? ''))
    return sameText(properties.policyAssignmentId, assignmentId) && isMeant
      ? [{ scope: scopeBelow(id, { subscriptionId }), selectors: selectorsIn(properties.resourceSelectors) }]
      : []
  })
}

/** What an assignment or exemption is of, where that lies in the subscription; empty where it is all of it, or above. */
function scopeBelow(id: string, { subscriptionId }: Pick<AssignmentScan, 'subscriptionId'>): string {
  const holder = holderOf(id)
  return holder.toLowerCase().startsWith(`/subscriptions/${subscriptionId}/`.toLowerCase()) ? holder : ''
}

/** ARM id of what holds it. Its own provider comes last: what is inside a resource has another one before. */
const holderOf = (id: string): string =>
  id.slice(0, id.toLowerCase().lastIndexOf('/providers/microsoft.authorization/'))

const selectorsIn = (found: Assignment['properties']['resourceSelectors']): ResourceSelector[] =>
  (found ?? []).map(({ selectors }) => ({ selectors: selectors ?? [] }))

interface Placed {
  readonly exceptions: readonly Exception[]
  readonly doubt?: string
}

/** What an assignment leaves out: the subscription, something in it, or a management group, which may be one it is in. */
function placed(notScopes: readonly string[], { subscriptionId, assigned }: AssignmentScan): Placed | 'outside' {
  const own = `/subscriptions/${subscriptionId}`
  const above = assigned
    .filter(({ id }) => scopeBelow(id, { subscriptionId }) === '')
    .map(({ id }) => holderOf(id).toLowerCase())
  if (notScopes.some((each) => sameText(each, own) || above.includes(each.toLowerCase()))) return 'outside'
  const groups = notScopes.filter((each) => /^\/providers\/Microsoft\.Management\//i.test(each))
  const exceptions = notScopes.filter((each) => !groups.includes(each)).map((scope) => ({ scope, selectors: [] }))
  const [first] = groups
  return first === undefined
    ? { exceptions }
    : { exceptions, doubt: `it leaves out ${lastOf(first)}, which the subscription may be in` }
}
