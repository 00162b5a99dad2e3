import { once } from '../../lazily.ts'
import type { Azure } from '../../azure/connect.ts'
import { AzureCallError } from '../../azure/errors.ts'
import type { Config } from '../../config/config.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import { setupRole } from '../../domain/checks/setup-role.ts'
import type { Diagnosis, Examiner, DiagnosisRequest } from '../../contracts/diagnosis.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Slot } from '../../domain/terms/evidence.ts'
import { mailBody } from '../../domain/mails/mail-body.ts'
import { workloads } from '../../domain/terms/workloads.ts'
import { settingNotes } from './setting-notes.ts'

/**
 * Whether the deployment can do what an onboarding needs, one thing after the other: each identity signs in and reads what
 * it must. Changes nothing; sends one mail, to whoever asks, where they want it. Not an activity: nothing enters history.
 */
export const createExaminer = (azure: Azure, config: Config): Examiner => ({
  async examine(wanted, by) {
    const app = [...ofApp(azure), ofMail(azure), ...(wanted.mail ? [testMail(azure, config, by)] : [])]
    const looks = [...app, ...ofSlot(azure, config, { slot: 1, wanted }), ...ofSlot(azure, config, { slot: 2, wanted })]
    return [...settingNotes(config), ...(await Promise.all(looks.map(diagnosed)))]
  }
})

/** `see` says what was seen, or throws. `given`: what gives the right to see it. */
type Look = readonly [about: string, given: string, see: () => Promise<string | Lack>]

const consent = 'infra/consent/consent.sh'
const main = 'infra/main.bicep'
const slotParts = 'infra/slot.bicep'

/** Azure answered, and what is needed is not there: what, and how to give it. */
class Lack {
  readonly detail: string
  constructor(detail: string) {
    this.detail = detail
  }
}

/** An id that nobody has: asking for it needs the right, and finds nothing. */
const nobody = '00000000-0000-4000-8000-000000000000'

const ofApp = ({ app: { graph, store } }: Azure): Look[] => [
  [
    'app tenant',
    consent,
    async () => {
      const { value } = await graph.organization()
      return `signs in and reads tenant ${value.tenantId}, ${value.verifiedDomains.join(', ')}`
    }
  ],
  ['app licences', consent, async () => `reads ${String((await graph.subscribedSkus()).value.length)} licences`],
  [
    'app people',
    consent,
    async () => {
      await graph.user(nobody)
      await graph.group(nobody)
      return 'may look for people and groups'
    }
  ],
  [
    'app services',
    consent,
    async () => {
      const { value } = await graph.servicePrincipal(workloads.exchange.appId)
      return value
        ? `finds "${value.displayName}"`
        : 'may look for Microsoft’s services; Exchange’s is not in this tenant'
    }
  ],
  [
    'app records',
    main,
    async () => {
      await store.list('records', `${nobody}/`)
      return 'reads the container records'
    }
  ],
  [
    'app ledger',
    main,
    async () => {
      await store.list('ledger', `${nobody}/`)
      return 'reads the container ledger'
    }
  ]
]

const ofMail = ({ app: { mail } }: Azure): Look => [
  'app mail',
  main,
  async () => {
    await mail.sendState(nobody)
    return 'the mail service lets it in'
  }
]

const testMail = ({ app: { mail } }: Azure, { mail: { sender }, banner }: Config, to: string): Look => [
  'mail sender',
  main,
  async () => {
    const body = mailBody(
      ['The Customer Key app can send mail: ckey doctor --mail asked for this one. Nothing is to be done.'],
      banner
    )
    const letter = { operationId: crypto.randomUUID(), to: [to], subject: 'Customer Key: mail works', ...body }
    try {
      await mail.send(letter)
    } catch (error) {
      if (isNotLinked(error)) return notLinkedYet(sender)
      throw error
    }
    return `a mail from ${sender} to ${to} was accepted: look whether it arrives`
  }
]

/** https://learn.microsoft.com/azure/communication-services/concepts/troubleshooting-codes */
const isNotLinked = (error: unknown): boolean => error instanceof AzureCallError && error.code === 'DomainNotLinked'

const notLinkedYet = (sender: string): Lack =>
  new Lack(
    `no mail can be sent from ${sender}: its domain is not linked. Set the DNS records of azd’s MAIL_DNS_RECORDS, have them verified, ` +
      'then CKEY_MAIL_DOMAIN_VERIFIED=true and azd provision (docs/deploy.md, “A mail domain of your own”)'
  )

function ofSlot(azure: Azure, config: Config, { slot, wanted }: { slot: Slot; wanted: DiagnosisRequest }): Look[] {
  const who = slotIdentity(slot)
  const own = azure.slot(slot)
  const subscription = wanted.subscriptions.find((each) => each.slot === slot)
  const store: Look = [
    `${who} store`,
    slotParts,
    async () => {
      for (const container of ['backups', 'evidence', 'locks', 'dead-letters'] as const)
        await own.store.list(container, `${nobody}/`)
      return 'signs in and reads backups, evidence, locks and dead-letters'
    }
  ]
  if (!subscription) return [store]
  const held = once(() => rolesHeld(azure, config, { slot, id: subscription.id }))
  const drills: Look = [
    `${who} drills`,
    slotParts,
    async () => {
      const { roles } = await held()
      const may = (action: string): boolean => roles.some(({ actions }) => actions.includes(action))
      if (may('Microsoft.KeyVault/vaults/write') && may('Microsoft.KeyVault/vaults/accessPolicies/write'))
        return 'may make the vaults of drills'
      return new Lack(
        `may not make the vaults of drills, which CKEY_DRILL_SCHEDULE asks for. After the hand-off deploy ${slotParts} with drills=true`
      )
    }
  ]
  return [
    store,
    ...(config.drillSchedule === undefined ? [] : [drills]),
    ...ofSubscription(azure, config, { slot, id: subscription.id, held })
  ]
}

interface Place {
  readonly slot: Slot
  /** Of the subscription. */
  readonly id: string
}

/** The slot's identity, and the roles it has on its subscription. */
async function rolesHeld(azure: Azure, { identities }: Config, { slot, id }: Place) {
  const identity = await azure.app.graph.servicePrincipal(identities[slotIdentity(slot)])
  const self = identity.value?.objectId
  const { value: held } = self ? await azure.slot(slot).roleAssignments.heldBy(id, self) : { value: [] }
  // What it holds on a part of the subscription only sets up nothing.
  return { identity, roles: held.filter(({ scope }) => !sameText(scope.slice(0, within(id).length), within(id))) }
}

const within = (subscriptionId: string): string => `/subscriptions/${subscriptionId}/`

interface InSubscription extends Place {
  readonly held: () => ReturnType<typeof rolesHeld>
}

/** Whether the slot's identity reads its subscription, and may set it up. */
function ofSubscription(azure: Azure, { identities }: Config, { slot, id, held }: InSubscription): Look[] {
  const who = slotIdentity(slot)
  const own = azure.slot(slot)
  return [
    [
      `${who} subscription`,
      slotParts,
      async () => {
        const { value } = await own.subscriptions.get(id)
        return `reads "${value.displayName}", which is ${value.state}`
      }
    ],
    [
      `${who} set-up`,
      slotParts,
      async () => {
        const { identity, roles } = await held()
        const changes = roles.filter(({ actions }) => actions.some((action) => !/\/read$/i.test(action)))
        if (changes.length > 0) return `holds "${changes.map(({ roleName }) => roleName).join('", "')}"`
        const role = setupRole((await own.roleAssignments.customRoles(id)).value)
        if (!role)
          return new Lack(
            `holds no role that may change anything, and the subscription has none for it: deploy ${slotParts} into it`
          )
        return new Lack(
          `holds no role that may change anything. Run az role assignment create --assignee ${
            identity.value?.objectId ?? identities[who]
          } --role "${role.roleName}" --scope /subscriptions/${id}, or deploy ${slotParts} again`
        )
      }
    ]
  ]
}

async function diagnosed([about, given, see]: Look): Promise<Diagnosis> {
  try {
    const seen = await see()
    if (typeof seen === 'string') return { about, state: 'ok', detail: seen }
    return { about, state: 'missing', detail: seen.detail }
  } catch (error) {
    // Whatever is no refusal of Azure may quote anything: its name must do.
    const detail =
      error instanceof AzureCallError
        ? `${error.told}${error.refused ? '' : ` ${given} gives it what it needs.`}`
        : `could not be looked at (${error instanceof Error ? error.name : 'unknown'}). Read the app’s log.`
    return { about, state: 'missing', detail }
  }
}
