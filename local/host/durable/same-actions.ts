import type { Action } from './actions.ts'

/** Whether `now` begins with all of `before`. Inputs do not count: DurableTask compares what is called, not with what. */
export function sameActions(before: readonly Action[], now: readonly Action[]): boolean {
  if (now.length < before.length) return false
  for (let index = 0; index < before.length; index += 1) {
    const [one, other] = [before[index], now[index]]
    if (!one || !other || !sameAction(one, other)) return false
  }
  return true
}

function sameAction(one: Action, other: Action): boolean {
  return (
    one.actionType === other.actionType &&
    one.functionName === other.functionName &&
    one.externalEventName === other.externalEventName &&
    one.isCanceled === other.isCanceled &&
    one.instanceId === other.instanceId &&
    sameInstant(one.fireAt, other.fireAt) &&
    sameParts(one.compoundActions, other.compoundActions)
  )
}

function sameInstant(one: Action['fireAt'], other: Action['fireAt']): boolean {
  return one === other || (one !== undefined && other !== undefined && +new Date(one) === +new Date(other))
}

function sameParts(one: Action['compoundActions'] = [], other: Action['compoundActions'] = []): boolean {
  return one.length === other.length && sameActions(one, other)
}
