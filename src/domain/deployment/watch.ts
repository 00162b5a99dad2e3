import { check, type DeployedCheck, type Lack } from './check.ts'
import type { Log, PartFacts } from './facts.ts'
import { lastName, listSaid, named, said, saidIn, type Resource } from './resource.ts'

interface Wanted {
  /** Categories that a log must have, by what it is of. */
  readonly categories: (of: string) => readonly string[]
  /** Names of rules. */
  readonly alerts: (namePrefix: string) => readonly string[]
  readonly people: (namePrefix: string) => string
  readonly cure: string
  /** What is deployed again so that a log is there, where another way gives it. */
  readonly logCure?: string
}

/** What is logged, what is told of it, and to whom. */
export const watchChecks = <Facts extends PartFacts>(wanted: Wanted): readonly DeployedCheck<Facts>[] => [
  check<Facts, 'logs'>('logs', ['logs'], ({ logs }) =>
    logs.flatMap((log) => {
      const missing = wanted.categories(log.of).filter((category) => !isLogged(log, category))
      if (missing.length === 0) return []
      return [{ on: log.of, observed: `nothing logs ${missing.join(', ')}`, cure: wanted.logCure ?? wanted.cure }]
    })
  ),
  check<Facts, 'alerts'>('alerts', ['alerts'], ({ alerts }, { namePrefix }) =>
    wanted.alerts(namePrefix).flatMap((name) => alertLacking(name, named(alerts, name), wanted.cure))
  ),
  check<Facts, 'people'>('alert-people', ['people'], ({ people }, { namePrefix }) => {
    const name = wanted.people(namePrefix)
    const group = named(people, name)
    if (!group) return [{ on: name, observed: 'there is no such action group: alerts tell nobody', cure: wanted.cure }]
    if (said(group, 'enabled') === true && receivers.some((kind) => listSaid(group, kind).length > 0)) return []
    return [
      { on: name, observed: 'it is switched off or tells nobody: alerts show in the portal alone', cure: wanted.cure }
    ]
  })
]

const receivers = ['emailReceivers', 'webhookReceivers', 'smsReceivers', 'logicAppReceivers', 'eventHubReceivers']

/** To a workspace that can be asked; a whole group of categories has each of them. */
const isLogged = ({ settings }: Log, category: string): boolean =>
  settings.some(
    (setting) =>
      Boolean(said(setting, 'workspaceId')) &&
      listSaid(setting, 'logs').some(
        (log) =>
          saidIn(log, 'enabled') === true &&
          (saidIn(log, 'category') === category || ['allLogs', 'audit'].includes(String(saidIn(log, 'categoryGroup'))))
      )
  )

/** A rule that is there, switched on, and tells somebody. */
export function alertLacking(name: string, rule: Resource | undefined, cure: string): Lack[] {
  if (!rule) return [{ on: name, observed: 'there is no such rule', cure }]
  if (said(rule, 'enabled') !== true) return [{ on: lastName(rule), observed: 'it is switched off', cure }]
  const told = [...listSaid(rule, 'actions'), ...listSaid(rule, 'actions.actionGroups')]
  return told.length > 0 ? [] : [{ on: lastName(rule), observed: 'it tells nobody', cure }]
}
