/** What brings the events of one vault to the app. */
export interface VaultEvents {
  /** Why Event Grid did not make what is absent: a message of the app's. */
  readonly refusal?: string
  /** Azure has just taken what was absent, and may not show it yet. */
  readonly asked?: boolean
  readonly vaultName: string
  readonly resourceGroup: string
  readonly topic: Topic | undefined
  readonly subscription: EventSubscription | undefined
}

/** A system topic of Event Grid: what a vault's events come from. */
export interface Topic {
  readonly name: string
  readonly region: string
  /** e.g. `Creating`, `Succeeded`. */
  readonly provisioningState: string
  /** ARM ids. */
  readonly identities: readonly string[]
}

/** What brings the events of a topic to the app. */
export interface EventSubscription {
  readonly name: string
  /** e.g. `Creating`, `Succeeded`, `AwaitingManualAction`. */
  readonly provisioningState: string
  readonly endpoint: string
  /** e.g. `CloudEventSchemaV1_0` */
  readonly schema: string
  readonly eventTypes: readonly string[]
  /** It lets only some events of these types through, or ends by itself. */
  readonly isNarrowed: boolean
  /** Absent where what cannot be delivered is lost. */
  readonly deadLetter: DeadLetterPlace | undefined
}

/** Where events go that cannot be delivered. */
export interface DeadLetterPlace {
  /** ARM ids. */
  readonly identity: string
  readonly store: string
  readonly container: string
}

/** Where the events of one vault are to go. */
export interface EventTarget {
  /** Of the vault, e.g. `westus2`: a system topic lies where its source does. */
  readonly region: string
  /** Address of the app's webhook without its query, which holds a key. */
  readonly endpoint: string
  /** ARM id of the identity that writes what cannot be delivered. */
  readonly deadLetterIdentity: string
  /** ARM id of the slot's storage account. */
  readonly deadLetterStore: string
}
