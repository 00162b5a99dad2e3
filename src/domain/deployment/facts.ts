import type { Slot } from '../terms/evidence.ts'
import type { Resource } from './resource.ts'

/** The diagnostic settings of one resource. */
export interface Log {
  /** What is logged, by its name. */
  readonly of: string
  readonly settings: readonly Resource[]
}

/** What is common to the app's part and a slot's. */
export interface PartFacts {
  /** Groups of the part, by name; undefined: there is none. */
  readonly groups: readonly { readonly name: string; readonly group: Resource | undefined }[]
  /** All that stands in them. */
  readonly resources: readonly Resource[]
  readonly stores: readonly Resource[]
  /** Blob service of the store that must keep what it has: records, or the slot's. */
  readonly blobs: Resource | undefined
  /** Of containers that must be immutable. */
  readonly policies: readonly { readonly container: string; readonly policy: Resource | undefined }[]
  /** Of that store. */
  readonly locks: readonly Resource[]
  readonly logs: readonly Log[]
  /** Rules that ask logs, and rules about the Activity Log. */
  readonly alerts: readonly Resource[]
  /** Action groups. */
  readonly people: readonly Resource[]
}

export interface AppFacts extends PartFacts {
  readonly site: Resource | undefined
  /** By name; their values are never shown. */
  readonly settings: Readonly<Record<string, string>>
  /** Availability tests, and the rules that hear of them. */
  readonly availability: readonly Resource[]
  /** Communication Services, and the domains that mail can come from. */
  readonly mail: { readonly services: readonly Resource[]; readonly domains: readonly Resource[] }
  readonly network: {
    readonly endpoints: readonly Resource[]
    readonly zones: readonly Resource[]
    /** Whether the subscription is registered for Microsoft.App. */
    readonly provider: string
  }
}

export interface SlotFacts extends PartFacts {
  readonly slot: Slot
  /** Who has which role at the store or below. */
  readonly given: readonly Resource[]
  /** The slot's vaults, each with the event subscriptions of its system topic. */
  readonly events: readonly { readonly vault: string; readonly subscriptions: readonly Resource[] }[]
}
