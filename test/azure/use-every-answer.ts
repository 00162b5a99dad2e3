import { afterAll, afterEach, beforeAll } from 'vitest'
import { answers, type AnswerName } from '../../src/azure/answers/answers.ts'
import { everyAnswer, settle, type Heard } from './every-answer.ts'
import { useSimulation } from './simulation.ts'
import { listenAsWebhook } from './webhook.ts'

export const answerNames = Object.keys(answers).filter((name): name is AnswerName => name in answers)

/** A simulated Azure in which each answer of `answers.ts` can be asked for. Faults end with the test that planted them. */
export function useEveryAnswer() {
  const simulation = useSimulation({ authorization: 'rbac' })
  let all: Record<AnswerName, Heard> | undefined
  let webhook: Awaited<ReturnType<typeof listenAsWebhook>> | undefined
  beforeAll(async () => {
    webhook = await listenAsWebhook()
    simulation.simulated.eventGridTo(webhook.hostBase)
    all = everyAnswer(simulation)
    await settle(simulation)
  }, 60_000)
  afterAll(() => webhook?.close())
  afterEach(() => simulation.simulated.faults.clear())
  return {
    simulation,
    heard: (name: AnswerName): Heard => {
      if (!all) throw new Error('Nothing can be asked for before the simulated Azure stands.')
      return all[name]
    }
  }
}
