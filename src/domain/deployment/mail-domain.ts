import { sameText } from '../terms/same-text.ts'
import { check, provision, type DeployedCheck, type Lack } from './check.ts'
import type { AppFacts } from './facts.ts'
import { lastName, listSaid, said, type Resource } from './resource.ts'

/** What DNS has to prove: https://learn.microsoft.com/azure/communication-services/quickstarts/email/add-custom-verified-domains */
const records = ['Domain', 'SPF', 'DKIM', 'DKIM2'] as const

/** Mail can be sent from a domain that DNS has proved and that is linked. */
export const mailDomainCheck: DeployedCheck<AppFacts> = check<AppFacts, 'mail'>('mail-domain', ['mail'], ({ mail }) => {
  const { services, domains } = mail
  if (services.length === 0 || domains.length === 0)
    return [{ on: 'Communication Services', observed: 'there is no mail service with a domain', cure: provision }]
  return domains.flatMap((domain) => lacksOf(domain, services))
})

function lacksOf(domain: Resource, services: readonly Resource[]): Lack[] {
  const on = lastName(domain)
  const unproved =
    said(domain, 'domainManagement') === 'AzureManaged' ? [] : records.filter((record) => !isProved(domain, record))
  if (unproved.length > 0)
    return [
      {
        on,
        observed: `DNS has not proved ${unproved.join(', ')}: no mail leaves the app`,
        cure: 'Set what azd env get-value MAIL_DNS_RECORDS says, then follow docs/deploy.md, “A mail domain of your own”'
      }
    ]
  const isLinked = services.some((service) =>
    listSaid(service, 'linkedDomains').some((linked) => sameText(String(linked), domain.id))
  )
  return isLinked
    ? []
    : [
        {
          on,
          observed: 'it is not linked: no mail leaves the app',
          cure: `azd env set CKEY_MAIL_DOMAIN_VERIFIED true, then ${provision}`
        }
      ]
}

const isProved = (domain: Resource, record: string): boolean =>
  said(domain, `verificationStates.${record}.status`) === 'Verified'
