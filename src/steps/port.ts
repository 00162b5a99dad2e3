import type { Azure } from '../azure/connect.ts'
import { AzureCallError } from '../azure/errors.ts'
import type { Config } from '../config/config.ts'
import { deploymentOf } from '../config/deployment-of.ts'
import type { Steps } from '../contracts/steps.ts'
import { onFirstUse } from '../lazily.ts'

/** What routes may ask, each part loaded when it is first asked. None is an activity: nothing of it enters history. */
export const createSteps = (azure: Azure, config: Config): Steps => ({
  library: onFirstUse(async () => (await import('./hand-off/library.ts')).createLibrary(azure)),
  directory: onFirstUse(async () => (await import('./preflight/directory.ts')).createDirectory(azure)),
  examiner: onFirstUse(async () => (await import('./deployment/examine.ts')).createExaminer(azure, config)),
  planner: onFirstUse(async () => (await import('./plans/planner.ts')).createPlanner(azure, deploymentOf(config))),
  starts: onFirstUse(async () => (await import('./plans/starts.ts')).createStarts(azure)),
  ledger: onFirstUse(async () => (await import('./ledger/ledger.ts')).createLedger(azure)),
  present: { now: () => presentIn(azure) },
  layout: { whyNot: async () => (await import('../records/layout.ts')).whyNotLayout(azure.app.store) }
})

async function presentIn({ app }: Azure): Promise<string | undefined> {
  try {
    return (await app.store.now('records')).value
  } catch (error) {
    if (error instanceof AzureCallError) return undefined
    throw error
  }
}
