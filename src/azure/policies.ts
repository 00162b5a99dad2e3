import { eachOf } from '../at-a-time.ts'
import type { AssignedPolicy } from '../domain/resources/assigned-policy.ts'
import { publicCloud } from '../domain/terms/clouds.ts'
import type { Call } from '../domain/terms/evidence.ts'
import type { Reading } from '../domain/terms/reading.ts'
import { exemption, type Exemption, type Named } from './answers/policy.ts'
import { createAsk, type Connection } from './call.ts'
import { everyPage } from './pages.ts'
import { policiesOf, type AssignmentScan } from './policy-assignment.ts'
import { BuiltIns } from './policy-built-ins.ts'
import type { Get } from './policy-definitions.ts'
import { createSendJson } from './rest.ts'

export type Policies = ReturnType<typeof createPolicies>

/** Azure Policy as it applies to a subscription. Read over REST: no client of it is among our packages. */
export function createPolicies(connection: Connection, builtIns: BuiltIns = new BuiltIns()) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const sendJson = createSendJson(connection, `${root}/.default`)
  const get: Get = (id, name) =>
    ask(`GET policy definition`, (to) =>
      sendJson({ method: 'GET', url: `${root}${id}?api-version=${apiVersion}` }, to(name))
    )
  const list = (
    what: string,
    { name, url }: { readonly name: 'policyAssignments.list' | 'policyExemptions.list'; readonly url: string }
  ): Promise<Reading<Named[]>> =>
    ask(`LIST policy ${what}`, (to) => everyPage((at) => sendJson({ method: 'GET', url: at }, to(name)), url))
  return {
    /**
     * Every rule that may refuse or change what is `written` (ARM ids) in the subscription at `now` (ISO 8601), whoever assigned
     * it: above, to the subscription, or to something in it. Definitions that can do neither are not read: an initiative may
     * have hundreds.
     */
    listForSubscription: async (
      subscriptionId: string,
      { now, written }: Pick<AssignmentScan, 'now' | 'written'>
    ): Promise<Reading<AssignedPolicy[]>> => {
      const at = `${root}/subscriptions/${subscriptionId}/providers/Microsoft.Authorization`
      // Without a filter ARM lists what holds above, in and below the subscription; `atScope()` would leave out the last.
      // https://learn.microsoft.com/rest/api/policyauthorization/policy-assignments/list
      const { value: assigned, call } = await list('assignments', {
        name: 'policyAssignments.list',
        url: `${at}/policyAssignments?api-version=${apiVersion}`
      })
      const { value: exempted, call: asked } = await list('exemptions', {
        name: 'policyExemptions.list',
        url: `${at}/policyExemptions?api-version=${exemptionVersion}`
      })
      const exemptions = exempted.flatMap((each) => inForce(each, now))
      const calls = new Set([call, asked])
      const cite = (read: Call) => void calls.add(read)
      const scan = { subscriptionId, written, exemptions, assigned, get, builtIns, cite, now }
      const rules = await eachOf(assigned, (each) => policiesOf(each, scan), 1)
      return { value: rules.flat(), call, calls: [...calls] }
    }
  }
}

const root = publicCloud.resourceManager
const apiVersion = '2023-04-01'
const exemptionVersion = '2022-07-01-preview'

/** One that cannot be read exempts nothing: the finding it would have ended says what to do. */
function inForce(listed: Named, now: string): Exemption[] {
  const { data } = exemption.safeParse(listed)
  const expiresOn = data?.properties.expiresOn
  return data && (!expiresOn || new Date(expiresOn).toISOString() > now) ? [data] : []
}
