import { AzureError, type Caller, type SimulatedRequest, type Surroundings } from '../../core/service.ts'
import { subscriptions, type SubscriptionRecord } from '../resources/records.ts'
import { isAllowed } from './roles.ts'
import { requireUnlocked } from './scope-locked.ts'
import { countArmRequest } from '../throttle.ts'

export interface ActionRequest {
  readonly request: SimulatedRequest
  readonly around: Surroundings
  /** E.g. `Microsoft.KeyVault/vaults/read`. */
  readonly action: string
  /** ARM id the action is asked for, e.g. `/subscriptions/…/resourceGroups/…`. */
  readonly scope: string
  /** GUID of the role that is being given, where one is. */
  readonly requestedRole?: string
}

/** Refuses 403 where no role of the caller allows the action at the scope. */
export function authorize({ request, around, action, scope, requestedRole }: ActionRequest): Caller {
  const { caller } = request
  if (caller === undefined) throw new AzureError(401, 'AuthenticationFailed', 'Authentication failed.')
  const role = requestedRole === undefined ? {} : { requestedRole }
  if (isAllowed(around.world, { principalId: caller.objectId, action, scope, now: around.clock.now(), ...role }))
    return caller
  throw new AzureError(
    403,
    'AuthorizationFailed',
    `The client '${caller.userPrincipalName ?? caller.clientId}' with object id '${caller.objectId}' does not have authorization to perform ` +
      `action '${action}' over scope '${scope}' or the scope is invalid. ` +
      'If access was recently granted, please refresh your credentials.'
  )
}

/** The subscription. Refuses as ARM: another tenant's 401, unknown 404, not allowed 403, disabled or locked for a change 409. */
export function openSubscription(id: string, asked: ActionRequest): SubscriptionRecord {
  const subscription = subscriptions(asked.around.world).get(id.toLowerCase())
  if (subscription === undefined)
    throw new AzureError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`)
  const { caller } = asked.request
  if (caller !== undefined && subscription.tenantId !== caller.tenantId)
    throw otherTenant(caller, subscription.tenantId)
  countArmRequest(subscription.id, asked.request, asked.around)
  authorize(asked)
  const readOnly = ['Disabled', 'Warned', 'Deleted'].includes(subscription.state)
  if (readOnly && !['GET', 'HEAD'].includes(asked.request.method)) {
    throw new AzureError(
      409,
      'ReadOnlyDisabledSubscription',
      `The subscription '${subscription.id}' is disabled and therefore marked as read only. ` +
        'You cannot perform any write actions on this subscription until it is re-enabled.'
    )
  }
  requireUnlocked(asked.around.world, asked)
  return subscription
}

/** As https://github.com/Azure/pcs-cli/issues/357 quotes it; Azure’s list of deployment errors names the code. */
function otherTenant({ tenantId }: Caller, theirs: string): AzureError {
  const issuer = (tenant: string): string => `https://sts.windows.net/${tenant}/`
  return new AzureError(
    401,
    'InvalidAuthenticationTokenTenant',
    `The access token is from the wrong issuer '${issuer(tenantId)}'. It must match the tenant '${issuer(theirs)}' associated with ` +
      `this subscription. Please use the authority (URL) 'https://login.windows.net/${theirs}' to get the token. Note, if the ` +
      'subscription is transferred to another tenant there is no impact to the services, but information about new tenant could ' +
      'take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try ' +
      'back later.'
  )
}
