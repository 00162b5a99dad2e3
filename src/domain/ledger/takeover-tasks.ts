import { isOf, type Task } from '../tasks/task.ts'
import { stopFinding, stops, type StopCode } from './takeover-texts.ts'

/** Whether somebody who answers this wants a new instance to go on: by the task itself, or by `retry` of what stopped. */
export const asksForTakeover = (task: Task): boolean => isOf(task, 'take-over') || retriesStop(task)

export const retriesStop = (task: Task): boolean => isOf(task, 'retry') && codes.has(task.code)

// Every key of the table is one of its codes.
const codes = new Set((Object.keys(stops) as StopCode[]).map(stopFinding))
