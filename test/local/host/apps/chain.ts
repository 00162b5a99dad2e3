import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { app } from '@azure/functions'
import * as df from 'durable-functions'

// Every activity notes that it ran, so that a test can count repetitions across crashes.
const journal = process.env['CHAIN_JOURNAL'] ?? ''
const STEPS = 12

df.app.activity('step', {
  async handler(step: number) {
    appendFileSync(journal, `${step}\n`)
    await sleep(10)
    return step + 1
  }
})

df.app.orchestration('chain', function* (context) {
  let step = 0
  while (step < STEPS) step = Number(yield context.df.callActivity('step', step))
  return step
})

app.http('start', {
  route: 'chain/{id}',
  methods: ['POST'],
  extraInputs: [df.input.durableClient()],
  async handler(request, context) {
    const client = df.getClient(context)
    const id = await client.startNew('chain', { instanceId: request.params['id'] ?? '' })
    return client.createCheckStatusResponse(request, id)
  }
})
