import type { Method } from '../../contracts/http/operations.ts'
import { refusal, type Visit } from './http.ts'

export interface StepUp {
  /** Authentication context that the sign-in must have met, e.g. `c1`; undefined: none is asked for. */
  readonly stepUp: string | undefined
  readonly tenantId: string
}

interface Asked {
  /** By the row of the route or task. */
  readonly isNeeded: boolean
  /** To come back to after signing in again. */
  readonly page?: string
}

/** Whether every request to it does. */
export const isStepUp = (row: Method): boolean => row.method === 'POST' && row.stepUp === 'always'

/**
 * What is to count as more than signing in takes a sign-in that met the authentication context, where the deployment asks for
 * one: its claims say so (`acrs`). Otherwise 401 with the claims challenge that a client hands to Entra. Which routes and
 * which tasks take it, their rows say.
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function requireStepUp(
  { contexts }: Pick<Visit, 'contexts'>,
  { stepUp, tenantId }: StepUp,
  { isNeeded, page = '/api/ui' }: Asked
): void {
  if (!isNeeded || stepUp === undefined || contexts.includes(stepUp)) return
  const claims = challengeOf(stepUp)
  throw refusal({
    code: 'step-up',
    title: 'This answer takes a stronger sign-in',
    detail:
      `Nothing was recorded. The sign-in has not met the authentication context ${stepUp} of this tenant's Conditional Access. ` +
      'Sign in again and send the same once more.',
    extra: { claims, tenantId, signIn: `/.auth/login/aad?post_login_redirect_uri=${encodeURIComponent(page)}` },
    headers: {
      'www-authenticate':
        `Bearer realm="", authorization_uri="https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/authorize", ` +
        `error="insufficient_claims", claims="${claims}"`
    }
  })
}

/** As Entra takes it, in base64. */
export const challengeOf = (context: string): string =>
  Buffer.from(JSON.stringify({ access_token: { acrs: { essential: true, value: context } } })).toString('base64')
