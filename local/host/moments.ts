/** A point of a host's work at which it can be watched, and at which it may be lost. */
export interface HostMoment {
  /**
   * `begins`, `ends`: a function is called, and has come to its end, which nobody has recorded. `commits`: a turn is on
   * disk, and nothing it asks for is done. `hears`, `keeps`: an instance is told something, before and after that is on disk.
   */
  readonly kind: 'begins' | 'ends' | 'commits' | 'hears' | 'keeps'
  /** The function, or what is told: `EventRaised`. */
  readonly name: string
  /** The orchestration it is about; empty where it is about none. */
  readonly instance: string
  /** Set where the function is an orchestrator. */
  readonly isTurn?: boolean
}

/** The host waits for what it hands back before it goes on. */
export type Watch = (moment: HostMoment) => Promise<void> | undefined
