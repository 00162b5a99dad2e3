import type { Said } from '../../contracts/ledger.ts'
import { reasonOf } from '../../domain/tasks/answers.ts'
import { taskNamed } from '../../domain/tasks/task.ts'
import type { AnswerSheet } from '../../domain/views/documents.ts'

type AnswerLine = AnswerSheet['items'][number]

/** What several parts ask alike is answered to all of them at once: one line, where all come to the same verdict. */
export function answerLines(said: readonly Said[]): AnswerLine[] {
  const firsts = said.filter((each, index) => !said.slice(0, index).some((before) => isEcho(before, each)))
  return firsts.map(lineOf)
}

function lineOf({ task: name, by = erased, at, answer, verdict }: Said): AnswerLine {
  const task = taskNamed(name)
  const reason = task && answer !== undefined ? reasonOf(task, answer) : undefined
  return {
    task: name,
    by,
    at,
    ...(reason !== undefined && { reason }),
    ...(verdict && { verdict: verdict.verdict, judgedAt: verdict.at }),
    ...(verdict?.why !== undefined && { why: verdict.why })
  }
}

/** Who said it is known by object id alone. */
const erased = 'somebody whose name was erased'

const isEcho = (one: Said, other: Said): boolean =>
  one.chain !== other.chain &&
  one.task === other.task &&
  one.person.oid === other.person.oid &&
  one.verdict?.verdict === other.verdict?.verdict &&
  Date.parse(other.at) - Date.parse(one.at) < atOnceMs

const atOnceMs = 10_000
