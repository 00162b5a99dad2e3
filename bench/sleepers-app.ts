import { app } from '@azure/functions'
import * as df from 'durable-functions'

/** Sleeps until an instant, given in milliseconds since 1970, and tells how late it was served, in milliseconds. */
df.app.orchestration('sleeper', function* (context) {
  const due = Number(context.df.getInput())
  yield context.df.createTimer(new Date(due))
  return Number(yield context.df.callActivity('now')) - due
})

df.app.activity('now', { handler: () => Date.now() })

app.http('memory', { methods: ['GET'], handler: () => ({ jsonBody: process.memoryUsage.rss() }) })
