import { appSettingChecks } from './app-settings.ts'
import { check, provision, type DeployedCheck } from './check.ts'
import type { AppFacts } from './facts.ts'
import { mailDomainCheck } from './mail-domain.ts'
import { appNetworkingCheck } from './networking.ts'
import { named } from './resource.ts'
import { storeChecks } from './stores.ts'
import { tagChecks } from './tags.ts'
import { alertLacking, watchChecks } from './watch.ts'

/** Groups of infra/main.bicep, by what each is for. */
export function appGroups(namePrefix: string): { readonly app: string; readonly records: string } {
  const prefix = namePrefix.toLowerCase()
  return { app: `rg-${prefix}-ck-app`, records: `rg-${prefix}-ck-records` }
}

/** Rules of infra/modules/alerts.bicep and package-alerts.bicep. */
export const appAlerts = [
  'sla-breach',
  'finding',
  'backup-lag',
  'dead-letters',
  'mail-failed',
  'failed-orchestration',
  'no-sweep',
  'package-written',
  'package-written-by-other',
  'ledger-written-by-other',
  'role-given',
  'app-changed',
  'log-changed',
  'log-removed'
] as const

const stored = ['StorageWrite', 'StorageDelete'] as const

/** What infra/main.bicep deploys, as far as somebody could have left it out, changed it or taken it away. */
export const appChecks: readonly DeployedCheck<AppFacts>[] = [
  ...tagChecks<AppFacts>((namePrefix) => {
    const { app, records } = appGroups(namePrefix)
    return {
      parts: {
        [app]: { part: 'app', isAzds: true, beside: ['slot-1', 'slot-2', 'deployment'] },
        [records]: { part: 'records', isAzds: false }
      },
      cure: provision
    }
  }),
  ...appSettingChecks,
  ...storeChecks<AppFacts>({ deploy: provision, lock: 'What azd env get-value LEDGER_LOCK_COMMAND says' }),
  ...watchChecks<AppFacts>({
    categories: (of) => (of.startsWith('acs-') ? ['EmailSendMailOperational', 'EmailStatusUpdateOperational'] : stored),
    alerts: (namePrefix) => appAlerts.map((name) => `alert-${namePrefix.toLowerCase()}-ck-${name}`),
    people: (namePrefix) => `ag-${namePrefix.toLowerCase()}-ck`,
    cure: `azd env set CKEY_ALERT_EMAILS …, where it is empty, then ${provision}`
  }),
  check<AppFacts, 'availability'>('availability', ['availability'], ({ availability }, { namePrefix }) => {
    const prefix = namePrefix.toLowerCase()
    const test = named(availability, `test-${prefix}-ck-health`)
    const asks = test && [test.properties['Enabled'], test.properties['enabled']].includes(true)
    return [
      ...(asks
        ? []
        : [
            {
              on: `test-${prefix}-ck-health`,
              observed: 'nothing asks from outside whether the app answers',
              cure: provision
            }
          ]),
      ...alertLacking(
        `alert-${prefix}-ck-unreachable`,
        named(availability, `alert-${prefix}-ck-unreachable`),
        provision
      )
    ]
  }),
  mailDomainCheck,
  appNetworkingCheck
]
