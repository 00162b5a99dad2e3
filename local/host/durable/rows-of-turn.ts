import type { Instance } from '../store/rows.ts'
import type { Command } from './commands.ts'
import type { Over } from './ends.ts'
import { historyEvent, type HistoryEvent, type ParentInstance } from './events.ts'

// The rows in which an execution's doings are recorded (DurableTask.Core's TaskOrchestrationDispatcher.cs).

export function startedEvent(instance: Instance, at: number): HistoryEvent {
  const { id, execution, name, version, input, parent } = instance
  return historyEvent('ExecutionStarted', at, {
    Name: name,
    Version: version,
    Input: input,
    OrchestrationInstance: { InstanceId: id, ExecutionId: execution },
    ParentInstance: parent ? parentInstance(parent) : null
  })
}

export function commandEvent(command: Command, at: number): HistoryEvent {
  const { id: EventId } = command
  switch (command.kind) {
    case 'activity':
      return historyEvent('TaskScheduled', at, { EventId, Name: command.name, Input: `[${command.input}]` })
    case 'timer':
      return historyEvent('TimerCreated', at, { EventId, FireAt: new Date(command.fireAt).toISOString() })
    case 'sub-orchestration':
      return historyEvent('SubOrchestrationInstanceCreated', at, {
        EventId,
        Name: command.name,
        InstanceId: command.instanceId,
        Input: command.input
      })
  }
}

export function completedEvent(EventId: number, end: Over, at: number): HistoryEvent {
  return historyEvent('ExecutionCompleted', at, {
    EventId,
    Result: end.result,
    OrchestrationStatus: end.status,
    ...failureDetailsOf(end)
  })
}

/** What the parent is told of its child's end. */
export function childEndedEvent(task: number, end: Over, at: number): HistoryEvent {
  if (end.status === 'Completed') {
    return historyEvent('SubOrchestrationInstanceCompleted', at, { TaskScheduledId: task, Result: end.result })
  }
  // Without details, as of a terminated child, durable-functions throws, and the parent fails as non-deterministic.
  return historyEvent('SubOrchestrationInstanceFailed', at, {
    TaskScheduledId: task,
    ...(end.result !== null && { Reason: end.result }),
    ...(end.status === 'Failed' && { Details: `Unhandled exception while executing orchestration: ${end.result}` }),
    ...failureDetailsOf(end)
  })
}

function failureDetailsOf(end: Over): { FailureDetails?: unknown } {
  return end.status === 'Failed' && end.failureDetails !== undefined ? { FailureDetails: end.failureDetails } : {}
}

function parentInstance({ id, execution, task }: NonNullable<Instance['parent']>): ParentInstance {
  return { Name: '', OrchestrationInstance: { InstanceId: id, ExecutionId: execution }, TaskScheduleId: task }
}
