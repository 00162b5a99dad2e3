import { eventTypeName, EventType, type HistoryEvent } from './events.ts'

/** Something an orchestration asks for that leaves a row in its history, under the number `id`. Inputs are JSON texts. */
export type Command =
  | { readonly kind: 'activity'; readonly id: number; readonly name: string; readonly input: string }
  | { readonly kind: 'timer'; readonly id: number; readonly fireAt: number }
  | {
      readonly kind: 'sub-orchestration'
      readonly id: number
      readonly name: string
      readonly instanceId: string
      readonly input: string
      readonly version?: string
    }

const rowOf = {
  activity: EventType.TaskScheduled,
  timer: EventType.TimerCreated,
  'sub-orchestration': EventType.SubOrchestrationInstanceCreated
}

/** Why the story told now is not the one in history, naming the first row that differs. Absent when both agree. */
export function difference(event: HistoryEvent, command: Command | undefined): string | undefined {
  const name = command && 'name' in command ? command.name : undefined
  const agrees = command !== undefined && rowOf[command.kind] === event.EventType && sameName(event.Name, name)
  if (agrees) return undefined
  const now = command === undefined ? 'nothing' : `${command.kind}${name === undefined ? '' : ` "${name}"`}`
  const was = `${eventTypeName(event.EventType)}${event.Name === undefined ? '' : ` "${event.Name}"`}`
  return (
    `Non-deterministic orchestration: history holds ${was} as event ${event.EventId}, but the orchestrator now ` +
    `schedules ${now} there. Its code changed while this instance ran: bring the old code back and rewind it.`
  )
}

/** DurableTask compares names without regard to case (TaskOrchestrationContext.cs, Handle…Event). */
function sameName(before: string | undefined, now: string | undefined): boolean {
  return (before ?? '').toLowerCase() === (now ?? '').toLowerCase()
}
