import { app } from '@azure/functions'
import * as durable from 'durable-functions'

// The least that could be deployed: what cold-start.ts measures the app's start against.
durable.app.orchestration('empty', function* () {
  /* nothing to do */
})
app.http('empty', { methods: ['GET'], handler: () => ({ status: 204 }) })
