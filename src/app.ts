import { app } from '@azure/functions'
import * as durable from 'durable-functions'
import { activitiesWhenCalled } from './activities/when-called.ts'
import { connectAzure } from './azure/connect.ts'
import { sendTelemetry } from './azure/send-telemetry.ts'
import { tellDroppedEvent } from './azure/telemetry.ts'
import { readConfig } from './config/read-config.ts'
import { functionName, operations, type OperationId } from './contracts/http/operations.ts'
import { pages, type PageId } from './contracts/http/pages.ts'
import { orchestrators } from './contracts/orchestrations.ts'
import { entriesOf } from './domain/terms/entries.ts'
import { createTally } from './domain/backups/tally.ts'
import { once, onFirstUse } from './lazily.ts'
import { triggers } from './names.ts'
import { code } from './orchestrators/orchestrators.ts'
import { createSteps } from './steps/port.ts'
import { engineHandlers } from './triggers/engine-activities.ts'
import { keyEvent } from './triggers/events/key-event.ts'
import { mailEvent } from './triggers/events/mail-event.ts'
import { layoutGuard } from './triggers/layout-guard.ts'
import { dropUnasserted } from './triggers/http/unasserted.ts'
import { startAlone } from './triggers/timers/start-alone.ts'
import { startSweep } from './triggers/timers/sweeps.ts'
import { whenCalled } from './triggers/http/when-called.ts'

// The whole app on one page. A bad setting stops the start here and lists every fault.
const config = readConfig(process.env)
const azure = connectAzure(config)
const droppedEvents = createTally(tellDroppedEvent)
const steps = createSteps(azure, config)
app.hook.preInvocation(layoutGuard(() => steps.layout.whyNot()))
if (config.signIn === 'none') app.hook.preInvocation(dropUnasserted)
sendTelemetry(config)
const client = { extraInputs: [durable.input.durableClient()] }
const signedIn = { authLevel: 'anonymous' } as const // the platform's sign-in stands before every route

for (const [key, { name }] of entriesOf(orchestrators)) durable.app.orchestration(name, code[key])

for (const [name, handler] of activitiesWhenCalled({ azure, config, ledger: steps.ledger }, droppedEvents))
  durable.app.activity(name, { handler })
for (const [name, handler] of Object.entries(engineHandlers(steps))) durable.app.activity(name, { ...client, handler })

const { tenantId, stepUp, immutability, banner } = config
const deployment = { tenantId, stepUp, immutability, banner, steps }
const api = whenCalled<OperationId>(async () =>
  (await import('./triggers/http/api-handlers.ts')).apiHandler(deployment)
)
const page = whenCalled<PageId>(async () => (await import('./triggers/pages/page-handlers.ts')).pageHandler(deployment))
for (const [id, { method, path }] of entriesOf(operations))
  app.http(functionName('api', id), { ...client, ...signedIn, methods: [method], route: path, handler: api(id) })
for (const [id, { method, path }] of entriesOf(pages))
  app.http(functionName('page', id), { ...client, ...signedIn, methods: [method], route: path, handler: page(id) })

const polling = onFirstUse(() => import('./triggers/timers/poll-registration.ts'))
const reminding = onFirstUse(() => import('./triggers/timers/remind-operators.ts'))
app.timer(triggers.pollRegistration, {
  ...client,
  schedule: config.pollSchedule,
  handler: (_, context) => polling.pollRegistration(steps, context)
})
const watching = once(async () => (await import('./triggers/timers/watch.ts')).watch(steps))
app.timer(triggers.watch, {
  ...client,
  schedule: config.watchSchedule,
  handler: async (timer, context) => (await watching())(timer, context)
})
app.timer(triggers.sweep, {
  ...client,
  schedule: config.sweepSchedule,
  handler: startSweep
})
app.timer(triggers.purge, {
  ...client,
  schedule: config.purgeSchedule,
  handler: startAlone(orchestrators.purge.at())
})
app.timer(triggers.operatorReminders, {
  ...client,
  schedule: config.mailSchedule,
  handler: (_, context) => reminding.remindOperators(steps, context)
})
if (config.drillSchedule !== undefined) {
  app.timer(triggers.restoreDrill, {
    ...client,
    schedule: config.drillSchedule,
    handler: startAlone(orchestrators.restoreDrill.at())
  })
}
app.eventGrid(triggers.mailEvent, { ...client, handler: mailEvent(steps, droppedEvents) })
app.eventGrid(triggers.keyEvent, { ...client, handler: keyEvent(droppedEvents) })
