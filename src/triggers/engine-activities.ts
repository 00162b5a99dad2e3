import type { InvocationContext } from '@azure/functions'
import type { Activities, EngineActivityName } from '../contracts/activities.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import type { Outcome } from '../domain/terms/outcome.ts'
import { orchestrationsOf } from './durable-client.ts'
import { startLetter, startMinuteMails } from './mails.ts'

/** What carries out each activity that asks the engine: it needs a durable client, which an activity of Azure has no use for. */
export const engineHandlers: { readonly [N in EngineActivityName]: Handler<N> } = {
  'wake-onboarding': async ({ instance, event }, context) => {
    await orchestrationsOf(context).raise(instance, event, {})
    return { done: null }
  },
  'post-letter': async (letter, context) => {
    await startLetter(orchestrationsOf(context), letter)
    return { done: null }
  },
  'start-minute-mails': async ({ onboarding, minutes }, context) => {
    for (const minute of new Set(minutes)) await startMinuteMails(orchestrationsOf(context), onboarding, minute)
    return { done: null }
  },
  'purge-finished': async ({ before }, context) => ({
    done: { purged: await orchestrationsOf(context).forget(shortRuns, before) }
  })
}

const shortRuns = Object.values(orchestrators).flatMap(({ isShort, prefix }) => (isShort ? [prefix] : []))

type Handler<N extends EngineActivityName> = (
  input: Activities[N]['input'],
  context: InvocationContext
) => Promise<Outcome<Activities[N]['output']>>
