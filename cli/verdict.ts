import { setTimeout as sleep } from 'node:timers/promises'
import { becameOf } from '../src/domain/views/shown-answer.ts'
import type { AnsweredLine } from '../src/domain/views/documents.ts'
import type { Client } from './client.ts'
import type { Outside } from './outside.ts'
import { CkeyError, exitCodes } from './report.ts'

interface SaidAnswer {
  /** Of the onboarding. */
  readonly id: string
  readonly task: string
  readonly by: string
  readonly at: string
}

/** Some seconds: an app that is busy judges when it has done what it does. */
const mostLooks = 8
const betweenLooksMs = 500

/** What became of an answer, for whoever waits for it; throws where it did not count. */
export async function verdictLines(client: Client, said: SaidAnswer, { signal }: Outside): Promise<string[]> {
  const { id, task, by } = said
  for (let look = 0; look < mostLooks; look++) {
    const { body } = await client.call('getAnswers', { id })
    // The newest: somebody refused and heard again within a second said both at one moment.
    const line = body.items.findLast((each) => each.task === task && each.by === by && each.at === said.at)
    if (line?.verdict !== undefined) return toldOf(line, id)
    await sleep(betweenLooksMs, undefined, { signal })
  }
  return [`${task}: written down for ${by}.`, `It is judged when the app next looks: ckey status ${id} tells.`]
}

function toldOf(line: AnsweredLine, id: string): string[] {
  const { task, by, verdict, why } = line
  if (verdict === 'taken') return [`${task}: recorded for ${by}.`, ...(why === undefined ? [] : [why])]
  throw new CkeyError(`${task} by ${by}: ${becameOf(line)} Look at ckey tasks ${id}.`, exitCodes.refused)
}
