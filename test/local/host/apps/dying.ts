import { appendFileSync } from 'node:fs'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { app } from '@azure/functions'
import * as df from 'durable-functions'

// Notes each worker that loads it, and whose requests arrive at the server that `DYING_ASKS` names.

const journal = process.env['DYING_JOURNAL'] ?? ''
const note = (line: string): void => appendFileSync(journal, `${line}\n`)
note('loaded')

df.app.activity('slow', {
  async handler(step: number) {
    note(`began ${step}`)
    await sleep(300)
    request(process.env['DYING_ASKS'] ?? '', { method: 'POST' })
      .on('error', () => undefined)
      .end()
    return step
  }
})

df.app.orchestration('dying', function* (context) {
  const done: unknown[] = []
  for (const step of [0, 1])
    done.push(yield context.df.callActivityWithRetry('slow', new df.RetryOptions(1000, 5), step))
  return done
})

app.http('start', {
  route: 'start/{id}',
  methods: ['POST'],
  extraInputs: [df.input.durableClient()],
  async handler({ params }, context) {
    return { body: await df.getClient(context).startNew('dying', { instanceId: params['id'] ?? '' }) }
  }
})
