import type { Config } from '../../config/config.ts'
import type { Diagnosis } from '../../contracts/diagnosis.ts'

/** What the settings leave out, and what comes of it. The others were read when the app started, or it would not have. */
export function settingNotes(config: Config): Diagnosis[] {
  const {
    calendar: { zone },
    slaBusinessDays,
    logins
  } = config
  const note = (detail: string): Diagnosis => ({ about: 'settings', state: 'note', detail })
  const laptop = Object.entries(logins)
    .filter(([, { kind }]) => kind !== 'managed-identity')
    .map(([identity]) => identity)
  return [
    { about: 'settings', state: 'ok', detail: `all can be used; ${String(slaBusinessDays)} business days in ${zone}` },
    ...(config.banner === undefined ? [] : [note(`CKEY_BANNER marks everything with ${config.banner}`)]),
    ...(config.signIn === 'platform'
      ? []
      : [note('no sign-in of the platform stands before the app: nobody can act. Turn on App Service Authentication')]),
    ...(laptop.length === 0
      ? []
      : [note(`${laptop.join(' and ')} sign in by a secret or the Azure CLI: for a laptop only`)]),
    ...(config.appUrl === undefined
      ? [note('CKEY_APP_URL is not set: mails name the page’s path without a link')]
      : []),
    ...(config.events === undefined
      ? [note('CKEY_EVENT_ENDPOINT is not set: changes of keys are seen by the sweep alone')]
      : []),
    ...(config.drillSchedule === undefined
      ? [note('CKEY_DRILL_SCHEDULE is not set: no backup is ever restored for proof')]
      : []),
    ...(config.immutability === 'required'
      ? []
      : [note('CKEY_IMMUTABILITY is not-available: backups can be deleted or changed')]),
    ...Object.entries(config.aliases).map(([workload, alias]) =>
      note(`mails for ${workload} go to ${alias} instead of Microsoft`)
    )
  ]
}
