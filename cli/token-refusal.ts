/**
 * Why no token was had, to whom it matters, and what to do. The Azure tools put Entra's own code into what they print.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export function tokenRefusal(audience: string, error: unknown): string {
  const text = error instanceof Error ? error.message : ''
  const code = /AADSTS(\d+)/.exec(text)?.[1] ?? ''
  const known = refusals.find(({ codes }) => codes.includes(code))
  if (known) return `${known.says(audience)} (AADSTS${code}). ${known.remedy}`
  return `No Azure sign-in was found for ${audience}: ${text.split('\n')[0] ?? ''} Sign in with az login and try again.`
}

interface Refusal {
  readonly codes: readonly string[]
  readonly says: (audience: string) => string
  readonly remedy: string
}

const refusals: readonly Refusal[] = [
  {
    codes: ['65001', '650057'],
    says: (audience) => `You are signed in, but the application ${audience} does not let the Azure tools act for you`,
    remedy: 'Have a global administrator run infra/consent/consent.sh again, which allows it, then try again.'
  },
  {
    codes: ['500011', '700016'],
    says: (audience) => `You are signed in, but to a tenant without the application ${audience}`,
    remedy:
      'Compare --audience with the client id that infra/consent/consent.sh printed, and the tenant with az account show; ' +
      'then az login --tenant the right one.'
  },
  {
    codes: ['50105'],
    says: (audience) => `You are signed in, but nobody gave you a role of the application ${audience}`,
    remedy:
      'Have Reader, Operator, Approver or Custodian given to you in Entra ID, Enterprise applications, then try again.'
  }
]
