import type { Azure } from '../azure/connect.ts'
import { AzureCallError } from '../azure/errors.ts'
import type { Config } from '../config/config.ts'
import { deploymentOf } from '../config/deployment-of.ts'
import type { Steps } from '../contracts/steps.ts'
import { onFirstUse } from '../lazily.ts'
import { sayingSilent } from './saying-silent.ts'

/** What routes may ask, each part loaded when it is first asked. None is an activity: nothing of it enters history. */
export const createSteps = (azure: Azure, config: Config): Steps => ({
  library: stored(async () => (await import('./hand-off/library.ts')).createLibrary(azure)),
  directory: onFirstUse(async () => (await import('./preflight/directory.ts')).createDirectory(azure)),
  examiner: onFirstUse(async () => (await import('./deployment/examine.ts')).createExaminer(azure, config)),
  mailReports: stored(async () => (await import('./mails/mail-reports.ts')).createMailReports(azure, config)),
  planner: stored(async () => (await import('./plans/planner.ts')).createPlanner(azure, deploymentOf(config))),
  readers: stored(async () => (await import('./plans/readers.ts')).createReaders(azure)),
  starts: stored(async () => (await import('./plans/starts.ts')).createStarts(azure)),
  ledger: stored(async () => (await import('./ledger/ledger.ts')).createLedger(azure)),
  weigher: onFirstUse(async () => (await import('./people/weigher.ts')).createWeigher(azure, config)),
  present: { now: () => presentIn(azure) },
  layout: { whyNot: async () => (await import('../records/layout.ts')).whyNotLayout(azure.app.store) }
})

/** Loaded when it is first asked, and says so where the store does not answer. */
const stored: typeof onFirstUse = (load) => sayingSilent(onFirstUse(load))

async function presentIn({ app }: Azure): Promise<string | undefined> {
  try {
    return (await app.store.now('records')).value
  } catch (error) {
    if (error instanceof AzureCallError) return undefined
    throw error
  }
}
