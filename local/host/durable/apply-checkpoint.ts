import type { ActivityRow, Instance } from '../store/rows.ts'
import { isOver } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Command } from './commands.ts'
import { historyEvent, type HistoryEvent } from './events.ts'
import { toJson } from './history-json.ts'
import { addInstance, addWithStart, pendingInstance } from './instances.ts'

/** What may be carried out once a checkpoint is on disk. */
export interface Consequences {
  /** False when, while the turn was being taken, the instance was purged, or another of its id was started. */
  applied: boolean
  /** Instances that have been told something. */
  readonly woken: string[]
  activities: readonly ActivityRow[]
  /** Sub-orchestrations that were not started because an instance of their id is live. */
  readonly duplicates: string[]
}

export interface TurnResult {
  readonly checkpoint: Checkpoint
  /** The instance has no row yet. */
  readonly isNew: boolean
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Inside a write: a whole turn, or nothing of it. */
export function applyCheckpoint(store: Store, { checkpoint, isNew, now }: TurnResult): Consequences {
  const { instance, execution, past, events, consumed, cancelledTimers, toParent, restart, commands } = checkpoint
  const consequences: Consequences = { applied: false, woken: [], activities: [], duplicates: [] }
  if (isNew ? !addInstance(store, instance) : store.execution(instance.id) !== execution) return consequences

  consequences.applied = true
  store.deleteMessages(consumed.messages)
  store.deleteActivities(consumed.activities)
  if (events.length === 0 && !restart) return consequences
  if (restart) {
    store.putInstance(instance)
    startAnew(store, instance, execution, restart)
    consequences.woken.push(instance.id)
    return consequences
  }
  if (!isNew) store.updateInstance(instance)
  store.appendHistory(instance.id, past, events.map(toJson))
  store.deleteTimers(instance.id, cancelledTimers)
  if (toParent && instance.parent) {
    const { id, execution: waiting } = instance.parent
    store.post({ instance: id, execution: waiting, event: JSON.stringify(toParent), ordered: now })
    consequences.woken.push(id)
  }
  // What it is still told is for nobody. What it has called runs on, and so does what its last turn called.
  if (isOver(instance.status)) store.deleteMessagesOf(instance.id)
  carryOutAll({ store, instance, now, consequences }, commands, new Set(cancelledTimers))
  return consequences
}

/** History empty, and the new execution's first messages ahead of whatever arrived meanwhile. */
function startAnew(store: Store, { id, execution }: Instance, old: string, first: readonly HistoryEvent[]): void {
  store.replaceHistory(id, [])
  store.deleteActivitiesOf(id)
  store.deleteMessagesOf(id, old)
  for (const event of first)
    store.post({ instance: id, execution, event: JSON.stringify(event), ordered: AHEAD_OF_ALL })
}

const AHEAD_OF_ALL = 0

function carryOutAll(context: Context, commands: readonly Command[], givenUp: ReadonlySet<number>): void {
  const { store, instance, consequences } = context
  const activities = commands.filter((command) => command.kind === 'activity')
  for (const command of commands) {
    const isForNobody = command.kind === 'timer' && (givenUp.has(command.id) || isOver(instance.status))
    if (command.kind === 'activity' || isForNobody) continue
    carryOut(context, command)
  }
  consequences.activities = store.addActivities(
    activities.map(({ id: task, name, input }) => ({
      instance: instance.id,
      execution: instance.execution,
      task,
      name,
      input: `[${input}]`
    }))
  )
}

interface Context {
  readonly store: Store
  readonly instance: Instance
  readonly now: number
  readonly consequences: Consequences
}

function carryOut(
  { store, instance, now, consequences }: Context,
  command: Exclude<Command, { kind: 'activity' }>
): void {
  const { id, execution } = instance
  switch (command.kind) {
    case 'timer': {
      const { fireAt, id: timer } = command
      const event = JSON.stringify(
        historyEvent('TimerFired', fireAt, { TimerId: timer, FireAt: new Date(fireAt).toISOString() })
      )
      store.post({ instance: id, execution, event, due: fireAt, ordered: fireAt, timer })
      if (fireAt <= now) consequences.woken.push(id)
      break
    }
    case 'sub-orchestration': {
      const { instanceId, name, id: task, input, version = instance.version } = command
      const parent = { id, execution, task }
      const created = addWithStart(store, pendingInstance({ id: instanceId, name, version, input, parent, now }))
      if (created) consequences.woken.push(instanceId)
      else consequences.duplicates.push(instanceId)
    }
  }
}
