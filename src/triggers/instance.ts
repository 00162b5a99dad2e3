import { z } from 'zod'
import type { ShapesOf } from '../contracts/orchestration.ts'
import type { Orchestrators } from '../contracts/orchestrations.ts'
import type { Sighting } from '../domain/ledger/takeover.ts'

interface InstanceReport<Input, Status> {
  readonly id: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly input: Input
  /** Null before the first turn. */
  readonly customStatus: Status | null
}

/** One instance as the extension reports it, typed by the contract it was asked for with. */
export type Instance<Input, Output, Status = null> = InstanceReport<Input, Status> &
  (
    | { readonly state: 'completed'; readonly output: Output }
    | { readonly state: Exclude<InstanceState, 'completed'>; readonly output: unknown }
  )

/** `unreadable`: the extension says of it what this version does not know. */
export type InstanceState = Exclude<Sighting['state'], 'absent'>

/** An instance of an orchestration of the list. */
export type InstanceOf<Key extends keyof Orchestrators> = Instance<
  ShapesOf<Orchestrators[Key]>['input'],
  ShapesOf<Orchestrators[Key]>['output'],
  ShapesOf<Orchestrators[Key]>['status']
>

/** As the extension's HTTP API shows an instance (HttpApiHandler.cs, ConvertFrom), as far as it is read. */
export const shownInstance = z.object({
  name: z.string(),
  instanceId: z.string(),
  runtimeStatus: z.string(),
  createdTime: z.iso.datetime({ offset: true }),
  lastUpdatedTime: z.iso.datetime({ offset: true }),
  input: z.unknown(),
  output: z.unknown(),
  customStatus: z.unknown()
})

export type ShownInstance = z.output<typeof shownInstance>

/** Nothing but `start` makes instances, and it takes what the contract says; what they give is held by their code's type. */
export function instanceOf<Input, Output, Status>(shown: ShownInstance): Instance<Input, Output, Status> {
  return {
    id: shown.instanceId,
    state: stateOf(shown),
    createdAt: iso(shown.createdTime),
    updatedAt: iso(shown.lastUpdatedTime),
    input: (typeof shown.input === 'string' ? parsed(shown.input) : shown.input) as Input,
    output: shown.output as Output,
    customStatus: (shown.customStatus ?? null) as Status | null
  }
}

/** What is seen of an instance that may be anything, of any version: nothing of it is taken for granted. */
export function sightingOf(shown: ShownInstance, name: string): Sighting {
  return shown.name === name ? seenAs(instanceOf(shown)) : { state: 'unreadable' }
}

/** The same of an instance that was read already. */
export function seenAs({
  state,
  updatedAt,
  customStatus
}: Pick<Instance<unknown, unknown, unknown>, 'state' | 'updatedAt' | 'customStatus'>): Sighting {
  const { success, data } = announced.safeParse(customStatus ?? {})
  if (!success) return { state: 'unreadable' }
  return { state, updatedAt, ...(data.nextLook !== undefined && { nextLook: data.nextLook }) }
}

const announced = z.looseObject({ nextLook: z.iso.datetime().optional() })

const stateOf = ({ runtimeStatus }: ShownInstance): InstanceState => states[runtimeStatus] ?? 'unreadable'

const states: Readonly<Partial<Record<string, InstanceState>>> = {
  Pending: 'live',
  Running: 'live',
  ContinuedAsNew: 'live',
  Suspended: 'live',
  Completed: 'completed',
  Failed: 'failed',
  Terminated: 'terminated',
  Canceled: 'terminated'
}

/** Runtime statuses of instances that have ended, as a query names them. */
export const endedStatuses = Object.keys(states).filter((each) => states[each] !== 'live')

const iso = (moment: string): string => new Date(moment).toISOString()

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
