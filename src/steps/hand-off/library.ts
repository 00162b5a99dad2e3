import type { Azure } from '../../azure/connect.ts'
import type { Library } from '../../contracts/library.ts'
import { readEvidence } from '../../records/evidence.ts'
import { readHandOffJson, readHandOffMarkdown } from '../../records/hand-off.ts'
import { readMailFile } from '../../records/mail-file.ts'
import { readRemains } from '../../records/remains.ts'
import { readLedger } from '../ledger/lying-ledger.ts'

/** Reads the stores for downloads. Not an activity: its content never enters history (decision 25). */
export const createLibrary = (azure: Azure): Library => ({
  handOff: (onboarding) => readHandOffJson(azure.app.store, onboarding),
  handOffMarkdown: (onboarding) => readHandOffMarkdown(azure.app.store, onboarding),
  remains: (onboarding) => readRemains(azure.app.store, onboarding),
  mail: (onboarding, task) => readMailFile(azure.app.store, { onboarding, task }),
  evidence: (onboarding, after) => readEvidence(azure, onboarding, after),
  ledger: (onboarding, after) => readLedger(azure, onboarding, after)
})
