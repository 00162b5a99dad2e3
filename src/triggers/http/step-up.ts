import { roles, type Role } from '../../domain/people/roles.ts'
import { refusal, type Visit } from './http.ts'

export interface StepUp {
  /** Authentication context that the sign-in must have met, e.g. `c1`; undefined: none is asked for. */
  readonly stepUp: string | undefined
  readonly tenantId: string
}

interface Asked {
  /** That the answer takes. */
  readonly role: Role
  /** Page to come back to after signing in again. */
  readonly page: string
}

/**
 * What takes more than an Operator takes a sign-in that met the authentication context, where the deployment asks for one: its
 * claims say so (`acrs`). Otherwise 401 with the claims challenge that a client hands to Entra.
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function requireStepUp({ contexts }: Pick<Visit, 'contexts'>, { stepUp, tenantId }: StepUp, asked: Asked): void {
  if (stepUp === undefined || !isMoreThanOperator(asked.role) || contexts.includes(stepUp)) return
  const claims = challengeOf(stepUp)
  throw refusal({
    code: 'step-up',
    title: 'This answer takes a stronger sign-in',
    detail:
      `Nothing was recorded. The sign-in has not met the authentication context ${stepUp} of this tenant's Conditional Access. ` +
      'Sign in again and send the same once more.',
    extra: { claims, tenantId, signIn: `/.auth/login/aad?post_login_redirect_uri=${encodeURIComponent(asked.page)}` },
    headers: {
      'www-authenticate':
        `Bearer realm="", authorization_uri="https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/authorize", ` +
        `error="insufficient_claims", claims="${claims}"`
    }
  })
}

const isMoreThanOperator = (role: Role): boolean => roles.indexOf(role) > roles.indexOf('Operator')

/** As Entra takes it, in base64. */
export const challengeOf = (context: string): string =>
  Buffer.from(JSON.stringify({ access_token: { acrs: { essential: true, value: context } } })).toString('base64')
