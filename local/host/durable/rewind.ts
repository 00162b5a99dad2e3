import type { Instance } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { EventType, historyEvent, type HistoryEvent } from './events.ts'
import { parseEvent, toJson } from './history-json.ts'

/**
 * Inside a write: takes failures out of a failed instance's history, and of its failed children's, so that they are
 * done again (DurableTask.Core's TaskOrchestrationDispatcher.cs 1377-1497). Answers who is to be woken.
 *
 * The timers of a call with retries stay behind, and make history contradict the code: such an instance fails again. So
 * does one that failed because history contradicted it.
 */
export function rewindHistory(store: Store, instance: Instance, reason: string, now: number): string[] {
  const events = store.history(instance.id).map(parseEvent)
  const failures = events.filter(isFailure)
  const failedIds = new Set(failures.flatMap(({ TaskScheduledId }) => TaskScheduledId ?? []))
  const ofChildren = events
    .filter((event) => event.EventType === EventType.SubOrchestrationInstanceCreated && failedIds.has(event.EventId))
    .flatMap(({ InstanceId }) => InstanceId ?? [])
  const children = [...new Set(ofChildren)]
    .flatMap((id) => store.instance(id) ?? [])
    .filter(({ status }) => status === 'Failed')

  const gone = new Set<HistoryEvent>(failures)
  const kept = events.filter(
    (event) =>
      !gone.has(event) && event.EventType !== EventType.ExecutionCompleted && !isRepeated(event, failedIds, children)
  )
  store.replaceHistory(instance.id, kept.map(toJson))
  store.putInstance({ ...instance, status: 'Running', output: null, updated: now })
  const woken = children.flatMap((child) => rewindHistory(store, child, reason, now))
  if (woken.length > 0) return woken
  // Nothing but this message makes the instance run again.
  const rewound = historyEvent('GenericEvent', now, { Data: `Rewound: ${reason}` })
  store.post({ instance: instance.id, execution: null, event: JSON.stringify(rewound), ordered: now })
  return [instance.id]
}

function isFailure({ EventType: type }: HistoryEvent): boolean {
  return type === EventType.TaskFailed || type === EventType.SubOrchestrationInstanceFailed
}

/** What failed is scheduled anew; a child that can itself be rewound keeps its row and gets its result later. */
function isRepeated(
  { EventType: type, EventId, InstanceId }: HistoryEvent,
  failedIds: Set<number>,
  children: readonly Instance[]
): boolean {
  if (!failedIds.has(EventId)) return false
  if (type === EventType.TaskScheduled) return true
  return type === EventType.SubOrchestrationInstanceCreated && !children.some((child) => child.id === InstanceId)
}
