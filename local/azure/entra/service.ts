import type { Route, Service, SimulatedRequest, Surroundings } from '../core/service.ts'
import { servicePrincipals, tenants } from '../graph/directory.ts'
import { deviceCodeSeconds, newDeviceCode, whereCodesAreEntered } from './device-codes.ts'
import { grants } from './grants.ts'
import { issuerOf, type Asked } from './issue.ts'
import { errorBody, refusal } from './refusals.ts'

const host = 'login.microsoftonline.com'

/** Entra ID, as far as az signs people and applications in. `audiences` are what tokens are for. */
export function entraService(audiences: readonly string[]): Service {
  return {
    name: 'entra',
    owns: (asked) => asked === host,
    routes: [discovery, instances, deviceAuthorization, tokenEndpoint(audiences)],
    errorBody,
    refuseToken: () => ({
      status: 400,
      json: errorBody('invalid_request', 'AADSTS90014: A token is asked for here, not shown.')
    })
  }
}

/** https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#fetch-the-openid-configuration-document */
const discovery: Route = {
  method: 'GET',
  path: '/{tenant}/v2.0/.well-known/openid-configuration',
  operation: 'openid.configuration',
  handle: (_request, { tenant = '' }, around) => {
    const named = tenantNamed(tenant, around)
    const base = `https://${host}/${tenant}`
    return {
      status: 200,
      json: {
        token_endpoint: `${base}/oauth2/v2.0/token`,
        token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
        jwks_uri: `${base}/discovery/v2.0/keys`,
        response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
        scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
        issuer: isShared(tenant) ? `https://${host}/{tenantid}/v2.0` : issuerOf(named),
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`
      }
    }
  }
}

/** Names of one and the same place, which MSAL asks for before it looks a token up: test/azure/az/sign-in.test.ts sees it. */
const instances: Route = {
  method: 'GET',
  path: '/common/discovery/instance',
  operation: 'instances.list',
  handle: () => ({
    status: 200,
    json: {
      tenant_discovery_endpoint: `https://${host}/common/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [
        {
          preferred_network: host,
          preferred_cache: 'login.windows.net',
          aliases: [host, 'login.windows.net', 'login.microsoft.com', 'sts.windows.net']
        }
      ]
    }
  })
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#device-authorization-request */
const deviceAuthorization: Route = {
  method: 'POST',
  path: '/{tenant}/oauth2/v2.0/devicecode',
  operation: 'device.authorize',
  handle: (request, { tenant = '' }, around) => {
    tenantNamed(tenant, around)
    const form = formOf(request)
    const { world } = around
    const { userCode, deviceCode } = newDeviceCode(world, {
      clientId: clientIn(form),
      scope: form.get('scope') ?? ''
    })
    const place = whereCodesAreEntered(world)
    const message = `To sign in, use a web browser to open the page ${place} and enter the code ${userCode} to authenticate.`
    return {
      status: 200,
      json: {
        user_code: userCode,
        device_code: deviceCode,
        verification_uri: place,
        expires_in: deviceCodeSeconds,
        interval: 1, // Microsoft's is 5; nothing here is hurt by being asked more often
        message
      }
    }
  }
}

const tokenEndpoint = (audiences: readonly string[]): Route => ({
  method: 'POST',
  path: '/{tenant}/oauth2/v2.0/token',
  operation: 'token.issue',
  handle: (request, { tenant = '' }, around) => {
    const form = formOf(request)
    const asked: Asked = {
      world: around.world,
      tenantId: tenantNamed(tenant, around),
      clientId: clientIn(form),
      scope: form.get('scope') ?? '',
      resources: [...audiences, ...ownApplications(around)]
    }
    const type = form.get('grant_type') ?? ''
    const grant = grants[type]
    if (grant === undefined)
      throw refusal('unsupported_grant_type', 70003, `The app requested an unsupported grant type '${type}'.`)
    return grant(form, asked)
  }
})

/** Applications of the tenant are named `api://…`, as infra/consent names the one that people sign in with. */
const ownApplications = ({ world }: Surroundings): string[] =>
  servicePrincipals(world)
    .values()
    .flatMap(({ appId, appRoles }) => (appRoles === undefined ? [] : [`api://${appId}`]))

const isShared = (tenant: string): boolean => ['organizations', 'common'].includes(tenant.toLowerCase())

/** Its id, by id, by one of its domains, or by the name that all tenants share. */
function tenantNamed(name: string, { world }: Surroundings): string {
  const tenant = tenants(world).get('tenant')
  const wanted = name.toLowerCase()
  const isMeant = isShared(wanted) || tenant?.tenantId === wanted || tenant?.domains.some(({ id }) => id === wanted)
  if (tenant === undefined || !isMeant)
    throw refusal(
      'invalid_tenant',
      90002,
      `Tenant '${name}' not found. Check to make sure you have the correct tenant ID.`
    )
  return tenant.tenantId
}

const formOf = ({ body }: SimulatedRequest): ReadonlyMap<string, string> =>
  new Map(new URLSearchParams(body.toString()))

function clientIn(form: ReadonlyMap<string, string>): string {
  const clientId = form.get('client_id')
  if (clientId) return clientId
  throw refusal('invalid_request', 900144, "The request body must contain the following parameter: 'client_id'.")
}
