/** A subscription as Azure describes it. */
export interface Subscription {
  readonly id: string
  readonly displayName: string
  /** `Enabled`, `Warned`, `PastDue`, `Disabled` or `Deleted`. */
  readonly state: string
  readonly tenantId: string
  /** Azure's name of the offer type, e.g. `EnterpriseAgreement_2014-09-01`; empty when Azure does not say. */
  readonly quotaId: string
  /** `On`, `Off` or `CurrentPeriodOff`. */
  readonly spendingLimit: string | undefined
}

/** Who at Microsoft approved a registration, and when: ISO 8601 UTC. */
export interface Approval {
  readonly by: string
  readonly at: string
}
