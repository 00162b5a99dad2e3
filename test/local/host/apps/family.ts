import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { app } from '@azure/functions'
import * as df from 'durable-functions'

const journal = process.env['CHAIN_JOURNAL'] ?? ''

df.app.activity('work', {
  async handler(name: string) {
    appendFileSync(journal, `${name}\n`)
    await sleep(5)
    return name
  }
})

df.app.orchestration('child', function* (context) {
  const name = String(context.df.getInput())
  const done: unknown[] = []
  for (let day = 1; day <= 3; day += 1) {
    yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 86_400_000))
    done.push(yield context.df.callActivity('work', `${name}-${day}`))
  }
  return done
})

df.app.orchestration('parent', function* (context) {
  const children = ['a', 'b', 'c'].map((name) =>
    context.df.callSubOrchestrator('child', name, `${context.df.instanceId}.${name}`)
  )
  const done: unknown = yield context.df.Task.all(children)
  const approval: unknown = yield context.df.waitForExternalEvent('approve')
  return { done, approval }
})

app.http('start', {
  route: 'start/{id}',
  methods: ['POST'],
  extraInputs: [df.input.durableClient()],
  async handler(request, context) {
    return { body: await df.getClient(context).startNew('parent', { instanceId: request.params['id'] ?? '' }) }
  }
})
