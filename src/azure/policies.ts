import type { Reading } from '../domain/terms/reading.ts'
import type { AnswerName, AnswerTo } from './answers/answers.ts'
import type { AssignedPolicy } from '../domain/resources/assigned-policy.ts'
import { publicCloud } from '../domain/terms/clouds.ts'
import { createAsk } from './call.ts'
import type { Connection } from './call.ts'
import type { Assignment, Definition, Exemption, Reference } from './answers/policy.ts'
import { everyPage } from './pages.ts'
import { resolved, scopeOf, type Scope } from './policy-scope.ts'
import { createSendJson } from './rest.ts'

export type Policies = ReturnType<typeof createPolicies>

/** Azure Policy as it applies to a subscription. Read over REST: no client of it is among our packages. */
export function createPolicies(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const sendJson = createSendJson(connection, `${root}/.default`)
  return {
    /** Every rule that is enforced on the subscription and not exempted at `now` (ISO 8601), whoever assigned it above. */
    listForSubscription: async (subscriptionId: string, now: string): Promise<Reading<AssignedPolicy[]>> => {
      const at = `${root}/subscriptions/${subscriptionId}/providers/Microsoft.Authorization`
      const { value: all, call } = await ask('LIST policy assignments', (to) =>
        everyPage(
          (url) => sendJson({ method: 'GET', url }, to('policyAssignments.list')),
          `${at}/policyAssignments?api-version=${apiVersion}&$filter=atScope()`
        )
      )
      const { value: exempted, call: asked } = await ask('LIST policy exemptions', (to) =>
        everyPage(
          (url) => sendJson({ method: 'GET', url }, to('policyExemptions.list')),
          `${at}/policyExemptions?api-version=${exemptionVersion}&$filter=atScope()`
        )
      )
      const get: Get = async (url, name) =>
        (await ask('GET policy definition', (to) => sendJson({ method: 'GET', url }, to(name)))).value
      const enforced = all.filter((each) => isEnforced(each, subscriptionId))
      const rules = await Promise.all(enforced.map((each) => rulesOf(each, { get, exempted, now })))
      return { value: rules.flat(), call, calls: [call, asked] }
    }
  }
}

const root = publicCloud.resourceManager
const apiVersion = '2023-04-01'
const exemptionVersion = '2022-07-01-preview'

function isEnforced({ properties: { enforcementMode, notScopes } }: Assignment, subscriptionId: string): boolean {
  const scope = `/subscriptions/${subscriptionId}`.toLowerCase()
  return enforcementMode !== 'DoNotEnforce' && !(notScopes ?? []).some((each) => each.toLowerCase() === scope)
}

type Get = <Name extends AnswerName>(url: string, name: Name) => Promise<AnswerTo<Name>>

interface AssignmentScan {
  readonly get: Get
  readonly exempted: readonly Exemption[]
  readonly now: string
}

async function rulesOf(assignment: Assignment, reading: AssignmentScan): Promise<AssignedPolicy[]> {
  const { policyDefinitionId: id, parameters } = assignment.properties
  if (isExempted(assignment, reading)) return []
  if (!/\/policySetDefinitions\//i.test(id))
    return [await ruleOf(assignment, { id, parameters, reading, outer: () => undefined })]
  const { properties: set } = await reading.get(`${root}${id}?api-version=${apiVersion}`, 'policySetDefinitions.get')
  const outer = scopeOf(parameters, set.parameters)
  const wanted = set.policyDefinitions.filter(
    (each) => !isExempted(assignment, reading, each.policyDefinitionReferenceId ?? undefined)
  )
  return Promise.all(wanted.map((each) => memberOf(assignment, each, { reading, outer })))
}

/** An exemption may be of the whole assignment or of some members of its initiative. */
function isExempted({ id }: Assignment, { exempted, now }: AssignmentScan, member?: string): boolean {
  return exempted.some(
    ({ properties: { policyAssignmentId, policyDefinitionReferenceIds: members, expiresOn } }) =>
      policyAssignmentId.toLowerCase() === id.toLowerCase() &&
      (!expiresOn || new Date(expiresOn).toISOString() > now) &&
      ((members ?? []).length === 0 || (member !== undefined && (members ?? []).includes(member)))
  )
}

/** An initiative may have hundreds of members that only audit: their definitions are not read. */
async function memberOf(
  assignment: Assignment,
  member: Reference,
  { reading, outer }: { readonly reading: AssignmentScan; readonly outer: Scope }
): Promise<AssignedPolicy> {
  const { policyDefinitionId: id, parameters } = member
  const effect = resolved(parameters?.['effect']?.value, outer)
  if (typeof effect !== 'string' || !isHarmless(effect)) return ruleOf(assignment, { id, parameters, reading, outer })
  const name = lastOf(id)
  return { ...about(assignment), definition: name, title: name, effect: effect.toLowerCase(), rule: '', parameters: {} }
}

const isHarmless = (effect: string): boolean => ['audit', 'auditifnotexists', 'disabled'].includes(effect.toLowerCase())

interface Member {
  readonly id: string
  readonly parameters: Reference['parameters']
  readonly reading: AssignmentScan
  readonly outer: Scope
}

async function ruleOf(assignment: Assignment, { id, parameters, reading, outer }: Member): Promise<AssignedPolicy> {
  const found: Definition = await reading.get(`${root}${id}?api-version=${apiVersion}`, 'policyDefinitions.get')
  const scope = scopeOf(parameters, found.properties.parameters, outer)
  const { policyRule } = found.properties
  const names = [...Object.keys(parameters ?? {}), ...Object.keys(found.properties.parameters ?? {})]
  const effect = resolved(policyRule.then.effect, scope)
  return {
    ...about(assignment),
    definition: lastOf(id),
    title: found.properties.displayName ?? found.name,
    effect: typeof effect === 'string' ? effect.toLowerCase() : '',
    rule: JSON.stringify(policyRule).toLowerCase(),
    parameters: Object.fromEntries(names.map((name) => [name, scope(name)]))
  }
}

const about = ({ id, name, properties }: Assignment) => ({
  assignmentId: id,
  assignment: properties.displayName ?? name
})

const lastOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1).toLowerCase()
