import type { Clock } from '../clock.ts'
import type { HostSettings } from '../host-json.ts'
import type { Log } from '../log.ts'
import type { Instance } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Write } from '../store/writes.ts'
import type { Watch } from '../moments.ts'
import type { Work } from '../work.ts'
import type { Call, ExtraInputs, Invoke } from '../worker/invoke.ts'
import type { RegisteredFunction } from '../worker/registry.ts'
import { Activities } from './activities.ts'
import { type Api, createApi } from './api.ts'
import { Control } from './control.ts'
import { Endings } from './endings.ts'
import { FunctionsByName } from './functions.ts'
import { Ghosts } from './ghosts.ts'
import { Orchestrations } from './orchestrations.ts'

export interface EngineOptions {
  readonly functions: readonly RegisteredFunction[]
  readonly settings: HostSettings
  readonly store: Store
  readonly write: Write
  readonly clock: Clock
  readonly work: Work
  readonly log: Log
  readonly invoke: Invoke
  readonly call: Call
  readonly extraInputs: ExtraInputs
  readonly watch: Watch | undefined
  /** The key of the extension's webhooks, for links; undefined when none is asked for. */
  readonly webhookKey: string | undefined
  /** Told of each instance that comes to its end by anything but completing, or is purged after that. */
  readonly died: () => void
}

export interface Engine {
  readonly orchestrations: Orchestrations
  readonly control: Control
  readonly endings: Endings
  readonly api: Api
  /** Goes on with activities that were scheduled before. */
  start(): void
  stop(): void
}

/** What the Durable extension is in Azure: turns, activities and the API by which clients reach them. */
export function createEngine({ functions, settings, webhookKey, ...shared }: EngineOptions): Engine {
  const { hubName, versions, maxConcurrentActivities, maxConcurrentOrchestrators } = settings
  const byName = {
    orchestrators: new FunctionsByName(functions, 'orchestrationtrigger'),
    activities: new FunctionsByName(functions, 'activitytrigger')
  }
  const wake = (instance: string): void => orchestrations.wake(instance)
  const begin = (instance: Instance): Promise<boolean> => orchestrations.begin(instance)
  const activities = new Activities({
    ...shared,
    functions: byName.activities,
    maxConcurrent: maxConcurrentActivities,
    deliver: (activity, end) => orchestrations.deliver(activity, end)
  })
  const endings = new Endings(shared.store)
  const ghosts = new Ghosts()
  const orchestrations = new Orchestrations({
    ...shared,
    ...byName,
    endings,
    ghosts,
    versions,
    maxConcurrent: maxConcurrentOrchestrators,
    dispatch: (rows) => activities.dispatch(rows)
  })
  const { defaultVersion } = versions
  const control = new Control({ ...shared, orchestrators: byName.orchestrators, defaultVersion, wake, begin, ghosts })
  return {
    orchestrations,
    control,
    endings,
    api: createApi({ store: shared.store, control, taskHub: hubName, key: webhookKey }),
    start: () => activities.dispatch(shared.store.activities()),
    stop() {
      orchestrations.stop()
      activities.stop()
    }
  }
}
