import { check, provision, type DeployedCheck } from './check.ts'
import type { AppFacts } from './facts.ts'
import { listSaid, saidIn } from './resource.ts'

type Need = 'site' | 'settings'
const ofApp = (code: string, needs: readonly Need[], lacks: DeployedCheck<Pick<AppFacts, Need>>['lacks']) =>
  check<AppFacts, Need>(code, needs, lacks)

const provider = 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__'

/** The Durable Task Scheduler has neither queues nor a wish for a warm instance. */
const isOnStorage = ({ settings }: Pick<AppFacts, 'settings'>): boolean =>
  (settings[`${provider}type`] ?? 'azureStorage').toLowerCase() === 'azurestorage'

/** What Flex Consumption wants of the app: docs/decisions/0129-what-flex-consumption-wants.md. No value of a setting is shown. */
export const appSettingChecks: readonly DeployedCheck<AppFacts>[] = [
  ofApp('site', ['site'], ({ site }, { namePrefix }) =>
    site ? [] : [{ on: `func-${namePrefix.toLowerCase()}-ck-…`, observed: 'there is no function app', cure: 'azd up' }]
  ),
  ofApp('always-ready', ['site', 'settings'], (facts) => {
    const groups = facts.site ? listSaid(facts.site, 'functionAppConfig.scaleAndConcurrency.alwaysReady') : []
    const isWarm = groups.some(
      (each) => saidIn(each, 'name') === 'durable' && Number(saidIn(each, 'instanceCount')) > 0
    )
    if (!facts.site || isWarm || !isOnStorage(facts)) return []
    return [
      {
        on: facts.site.name,
        observed: 'no instance is always ready for orchestrations: whoever answers a task waits for a start',
        cure: `azd env set CKEY_ALWAYS_READY_DURABLE 1, then ${provision}`,
        isChoice: true
      }
    ]
  }),
  ofApp('poll-interval', ['settings'], (facts) => {
    const wait = /^00:00:(\d\d)$/.exec(facts.settings[`${provider}maxQueuePollingInterval`] ?? '')?.[1]
    return !isOnStorage(facts) || (wait !== undefined && Number(wait) <= 10)
      ? []
      : [{ on: `${provider}maxQueuePollingInterval`, observed: 'it is not at most ten seconds', cure: provision }]
  }),
  ofApp('app-url', ['settings'], ({ settings }) =>
    /^https:\/\//i.test(settings['CKEY_APP_URL'] ?? '')
      ? []
      : [{ on: 'CKEY_APP_URL', observed: 'it is no address of https: mails have no links', cure: provision }]
  ),
  ofApp('sampler', ['settings'], ({ settings }) =>
    settings['OTEL_TRACES_SAMPLER'] === 'microsoft.fixed_percentage' && settings['OTEL_TRACES_SAMPLER_ARG'] === '1'
      ? []
      : [{ on: 'OTEL_TRACES_SAMPLER', observed: 'lines that alerts look for may be dropped', cure: provision }]
  ),
  ofApp('event-endpoint', ['settings'], ({ settings }) =>
    settings['CKEY_EVENT_ENDPOINT']
      ? []
      : [
          {
            on: 'CKEY_EVENT_ENDPOINT',
            observed: 'it is not set: vaults get no event subscription, and only the sweep sees changes of keys',
            cure: 'azd hooks run postdeploy'
          }
        ]
  )
]
