import { app } from '@azure/functions'
import * as durable from 'durable-functions'
import { createDirectory } from './steps/preflight/directory.ts'
import { createLibrary } from './steps/hand-off/library.ts'
import { activitiesWhenCalled } from './activities/when-called.ts'
import { connectAzure } from './azure/connect.ts'
import { sendTelemetry } from './azure/send-telemetry.ts'
import { tellDroppedEvent } from './azure/telemetry.ts'
import { readConfig } from './config/read-config.ts'
import { orchestrators } from './contracts/orchestrations.ts'
import { entriesOf } from './domain/terms/entries.ts'
import { createTally } from './domain/backups/tally.ts'
import { triggers } from './names.ts'
import { code } from './orchestrators/orchestrators.ts'
import { engineHandlers } from './triggers/engine-activities.ts'
import { getHealth } from './triggers/http/get-health.ts'
import { keyEvent } from './triggers/events/key-event.ts'
import { operatorPages } from './triggers/pages/pages.ts'
import { pollRegistration } from './triggers/timers/poll-registration.ts'
import { remindOperators } from './triggers/timers/remind-operators.ts'
import { dropUnasserted } from './triggers/http/unasserted.ts'
import { startAlone } from './triggers/timers/start-alone.ts'
import { startSweep } from './triggers/timers/sweeps.ts'
import { whenCalled } from './triggers/http/when-called.ts'

// The whole app on one page. A bad setting stops the start here and lists every fault.
const config = readConfig(process.env)
const azure = connectAzure(config)
const library = createLibrary(azure)
const directory = createDirectory(azure)
const sla = { ...config.calendar, businessDays: config.slaBusinessDays }
const habits = { drills: config.drillSchedule !== undefined, immutability: config.immutability }
const droppedEvents = createTally(tellDroppedEvent)
if (config.signIn === 'none') app.hook.preInvocation(dropUnasserted)
sendTelemetry(config)
const client = { extraInputs: [durable.input.durableClient()] }
const signedIn = { authLevel: 'anonymous' } as const // the platform's sign-in stands before every route

for (const [key, { name }] of entriesOf(orchestrators)) durable.app.orchestration(name, code[key])

for (const [name, handler] of activitiesWhenCalled({ azure, config }, droppedEvents))
  durable.app.activity(name, { handler })
for (const [name, handler] of Object.entries(engineHandlers)) durable.app.activity(name, { ...client, handler })

const api = whenCalled(async () => {
  const [{ apiHandlers }, { createExaminer }] = await Promise.all([
    import('./triggers/http/api-handlers.ts'),
    import('./steps/deployment/examine.ts')
  ])
  return apiHandlers({ sla, habits, library, directory, examine: createExaminer(azure, config) })
})
app.http(triggers.postPlans, { ...client, ...signedIn, methods: ['POST'], route: 'plans', handler: api('postPlans') })
app.http(triggers.postOnboardings, {
  ...client,
  ...signedIn,
  methods: ['POST'],
  route: 'onboardings',
  handler: api('postOnboardings')
})
app.http(triggers.getOnboardings, {
  ...client,
  ...signedIn,
  methods: ['GET'],
  route: 'onboardings',
  handler: api('getOnboardings')
})
app.http(triggers.getOnboarding, {
  ...client,
  ...signedIn,
  methods: ['GET'],
  route: 'onboardings/{id}',
  handler: api('getOnboarding')
})
app.http(triggers.postTask, {
  ...client,
  ...signedIn,
  methods: ['POST'],
  route: 'onboardings/{id}/tasks/{task}',
  handler: api('postTask')
})
app.http(triggers.postVaults, {
  ...client,
  ...signedIn,
  methods: ['POST'],
  route: 'vaults',
  handler: api('postVaults')
})
app.http(triggers.getBackups, {
  ...client,
  ...signedIn,
  methods: ['GET'],
  route: 'backups',
  handler: api('getBackups')
})
app.http(triggers.postOfflineCopies, {
  ...client,
  ...signedIn,
  methods: ['POST'],
  route: 'backups/offline-copies',
  handler: api('postOfflineCopies')
})

app.http(triggers.getHandOff, {
  ...client,
  ...signedIn,
  methods: ['GET'],
  route: 'onboardings/{id}/hand-off',
  handler: api('getHandOff')
})
app.http(triggers.getEvidence, {
  ...client,
  ...signedIn,
  methods: ['GET'],
  route: 'onboardings/{id}/evidence',
  handler: api('getEvidence')
})
app.http(triggers.getAnswers, {
  ...client,
  ...signedIn,
  methods: ['GET'],
  route: 'onboardings/{id}/answers',
  handler: api('getAnswers')
})
app.http(triggers.postDiagnoses, {
  ...client,
  ...signedIn,
  methods: ['POST'],
  route: 'diagnoses',
  handler: api('postDiagnoses')
})
app.http(triggers.getHealth, { ...signedIn, methods: ['GET'], route: 'health', handler: getHealth })
app.http(triggers.getMail, {
  ...client,
  ...signedIn,
  methods: ['GET'],
  route: 'onboardings/{id}/mails/{task}',
  handler: api('getMail')
})
app.http(triggers.getOpenApi, {
  ...client,
  ...signedIn,
  methods: ['GET'],
  route: 'openapi.json',
  handler: api('getOpenApi')
})
for (const { name, ...page } of operatorPages({ sla, habits, banner: config.banner, library, directory })) {
  app.http(name, { ...client, ...signedIn, ...page })
}

app.timer(triggers.pollRegistration, { ...client, schedule: config.pollSchedule, handler: pollRegistration })
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
app.timer(triggers.operatorReminders, { ...client, schedule: config.mailSchedule, handler: remindOperators })
if (config.drillSchedule !== undefined) {
  app.timer(triggers.restoreDrill, {
    ...client,
    schedule: config.drillSchedule,
    handler: startAlone(orchestrators.restoreDrill.at())
  })
}
app.eventGrid(triggers.keyEvent, { ...client, handler: keyEvent(droppedEvents) })
