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

/**
 * Why the story told now is not the one in history, in DurableTask's words (TaskOrchestrationContext.cs 327-425). Absent
 * when both agree.
 */
export function difference(event: HistoryEvent, command: Command | undefined): string | undefined {
  const name = command && 'name' in command ? command.name : undefined
  const agrees = command !== undefined && rowOf[command.kind] === event.EventType && sameName(event.Name, name)
  if (agrees) return undefined
  const was = kindOf(event)
  const now =
    command === undefined
      ? "replay execution hasn't (yet?) scheduled this task"
      : `orchestration replay instead scheduled ${taskOf[command.kind]}${named(name)} with this sequence number`
  return (
    `Non-Deterministic workflow detected: A previous execution of this orchestration scheduled ${was} with sequence ID ` +
    `${event.EventId}${named(event.Name)}, but the current ${now}. Was a change made to the orchestrator code after this ` +
    'instance had already started running?'
  )
}

const taskOf = { activity: 'an activity task', timer: 'a timer task', 'sub-orchestration': 'a sub-orchestration task' }

function kindOf({ EventType: type }: HistoryEvent): string {
  const kind = (['activity', 'timer', 'sub-orchestration'] as const).find((each) => rowOf[each] === type)
  return kind === undefined ? eventTypeName(type) : taskOf[kind]
}

const named = (name: string | undefined): string => (name === undefined ? '' : ` named '${name}'`)

/** DurableTask compares names without regard to case (TaskOrchestrationContext.cs, Handle…Event). */
function sameName(before: string | undefined, now: string | undefined): boolean {
  return (before ?? '').toLowerCase() === (now ?? '').toLowerCase()
}
