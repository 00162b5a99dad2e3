import { AzureError, type Route, type Surroundings } from '../../core/service.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { onRetentionRequested } from '../../microsoft/approvals.ts'
import { retentions, retentionState } from './retention.ts'

const apiVersions = ['2015-12-01', '2021-07-01']
const path = '/subscriptions/{sub}/providers/Microsoft.Features/providers/{namespace}/features/{feature}'

const registrationPath =
  '/subscriptions/{sub}/providers/Microsoft.Features/featureProviders/{namespace}/subscriptionFeatureRegistrations/{feature}'

/**
 * The one preview feature this is about. It is of the approval kind: asking makes it `Pending`, Microsoft makes it
 * `Registered`. https://learn.microsoft.com/azure/azure-resource-manager/management/preview-features
 */
export const featureRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    operation: 'features.get',
    apiVersions,
    handle: (request, { sub = '', namespace = '', feature = '' }, around) => {
      const scope = `/subscriptions/${sub}`
      openSubscription(sub, { request, around, action: 'Microsoft.Features/providers/features/read', scope })
      requireKnown(namespace, feature)
      return { status: 200, json: view(sub, around) }
    }
  },
  {
    method: 'GET',
    path: registrationPath,
    operation: 'subscriptionFeatureRegistrations.get',
    apiVersions: ['2021-07-01'],
    handle: (request, { sub = '', namespace = '', feature = '' }, around) => {
      const action = 'Microsoft.Features/featureProviders/subscriptionFeatureRegistrations/read'
      openSubscription(sub, { request, around, action, scope: `/subscriptions/${sub}` })
      requireKnown(namespace, feature)
      return { status: 200, json: registration(sub, around) }
    }
  },
  {
    method: 'POST',
    path: `${path}/register`,
    operation: 'features.register',
    apiVersions,
    handle: (request, { sub = '', namespace = '', feature = '' }, around) => {
      const scope = `/subscriptions/${sub}`
      const subscription = openSubscription(sub, {
        request,
        around,
        action: 'Microsoft.Features/providers/features/register/action',
        scope
      })
      requireKnown(namespace, feature)
      onRetentionRequested(subscription.id, around)
      return { status: 200, json: view(sub, around) }
    }
  }
]

const NAMESPACE = 'Microsoft.Resources'
const FEATURE = 'mandatoryRetentionPeriodEnabled'

function requireKnown(namespace: string, feature: string): void {
  if (namespace.toLowerCase() === NAMESPACE.toLowerCase() && feature.toLowerCase() === FEATURE.toLowerCase()) return
  throw new AzureError(
    404,
    'FeatureNotFound',
    `The feature '${feature}' could not be found in namespace '${namespace}'.`
  )
}

function view(sub: string, { world }: Surroundings): object {
  return {
    properties: { state: retentionState(world, sub) },
    id: `/subscriptions/${sub}/providers/Microsoft.Features/providers/${NAMESPACE}/features/${FEATURE}`,
    type: 'Microsoft.Features/providers/features',
    name: `${NAMESPACE}/${FEATURE}`
  }
}

/** The newer API tells who approved and when. Nobody recorded it of a feature that nobody asked for. */
function registration(sub: string, { world }: Surroundings): object {
  const { requestedAt, approvedAt } = retentions(world).get(sub.toLowerCase()) ?? {}
  const moment = (ms: number): string => new Date(ms).toISOString()
  return {
    properties: {
      subscriptionId: sub,
      featureName: FEATURE,
      providerNamespace: NAMESPACE,
      approvalType: 'ApprovalRequired',
      shouldFeatureDisplayInPortal: false,
      // Recorded as a text; az reads it as a moment, and fails where it is empty.
      releaseDate: '2020-01-01T00:00:00Z',
      state: retentionState(world, sub),
      ...(requestedAt !== undefined && {
        authorizationProfile: {
          RequestedTime: moment(requestedAt),
          ...(approvedAt !== undefined && { ApprovedTime: moment(approvedAt), Approver: 'Customer Key onboarding' })
        }
      })
    },
    id: `/subscriptions/${sub}/providers/Microsoft.Features/featureProviders/${NAMESPACE}/subscriptionFeatureRegistrations/${FEATURE}`,
    type: 'Microsoft.Features/featureProviders/subscriptionFeatureRegistrations',
    name: `${NAMESPACE}/${FEATURE}`
  }
}
