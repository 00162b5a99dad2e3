import { onFirstUse } from '../lazily.ts'
import type { Tally } from '../domain/backups/tally.ts'
import type { Invocation } from '../steps/outcome.ts'
import type { Reach } from '../steps/step.ts'
import type { Handlers } from './activities.ts'

/** Every activity that `activities` makes, by name: to be registered, they need not be loaded. */
const names: Readonly<Record<keyof Handlers, true>> = {
  'inspect-tenant': true,
  'check-replacement': true,
  'look-at-person': true,
  'inspect-subscription': true,
  'register-feature': true,
  'look-at-registration': true,
  'look-at-slot': true,
  'poll-registration': true,
  'notify-microsoft': true,
  'write-alias-mail': true,
  'write-escalation': true,
  'look-at-mail': true,
  'mail-operators': true,
  'prepare-slot': true,
  'make-vault': true,
  'grant-permissions': true,
  'find-key': true,
  'make-key': true,
  'back-up-key': true,
  'verify-vault': true,
  'report-remains': true,
  'write-hand-off': true,
  'back-up-changed-key': true,
  'adopt-vault': true,
  'drill-restore': true,
  'record-offline-copy': true,
  'list-managed-vaults': true,
  'sweep-vault': true
}

/** Handlers by name whose code is loaded when the first of them is called: the app starts without it (decision 31). */
export function activitiesWhenCalled(reach: Reach, dropped: Tally): [name: string, handler: Handler][] {
  const handlers = onFirstUse(async () => (await import('./activities.ts')).activities(reach, dropped))
  // The host hands an activity what its orchestrator told it: types of input and output are those of activity-contracts.ts.
  return Object.keys(names).map((name) => [name, (handlers as Readonly<Record<string, Handler>>)[name] as Handler])
}

type Handler = (input: object, invocation: Invocation) => Promise<unknown>
