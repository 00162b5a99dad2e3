import type { ShapesOf } from '../contracts/orchestration.ts'
import type { Orchestrators } from '../contracts/orchestrations.ts'
import type { Context, Story } from './durable.ts'
import { hubMark } from './hub-mark.ts'
import { keyBackup } from './key-backup.ts'
import { letter } from './letter.ts'
import { minuteMails } from './minute-mails.ts'
import { offlineCopy } from './offline-copy.ts'
import { onboarding } from './onboarding.ts'
import { operatorReminders } from './operator-reminders.ts'
import { planPreflight } from './plan-preflight.ts'
import { purge } from './purge.ts'
import { registrationPolling } from './registration-polling.ts'
import { restoreDrill } from './restore-drill.ts'
import { sweep } from './sweep.ts'
import { vaultAdoption } from './vault-adoption.ts'
import { vaultSetUp } from './vault-set-up.ts'

/** The code of every orchestration: one that is missing, or gives something else than its contract says, does not compile. */
export const code: {
  readonly [K in keyof Orchestrators]: (context: Context) => Story<ShapesOf<Orchestrators[K]>['output']>
} = {
  onboarding,
  vaultSetUp,
  planPreflight,
  vaultAdoption,
  offlineCopy,
  letter,
  minuteMails,
  hubMark,
  keyBackup,
  registrationPolling,
  sweep,
  purge,
  restoreDrill,
  operatorReminders
}
