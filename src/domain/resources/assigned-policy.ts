/** One rule of Azure Policy that is assigned to a subscription, out of its assignment and, where it has one, its initiative. */
export interface AssignedPolicy {
  /** ARM id of the assignment: what an exemption names. */
  readonly assignmentId: string
  /** ARM id of what in the subscription it is assigned to, such as a resource group; empty for all of the subscription. */
  readonly scope: string
  /** What a person knows the assignment by. */
  readonly assignment: string
  /** Name of the definition, lower case: a GUID for Azure's own. */
  readonly definition: string
  readonly title: string
  /** Lower case, e.g. `deny`, `audit`; empty where it cannot be told. */
  readonly effect: string
  /** The first that takes in a resource replaces the effect there. */
  readonly overrides: readonly EffectOverride[]
  /** e.g. `All`, `Indexed`, `Microsoft.KeyVault.Data`; empty where the definition names none. */
  readonly mode: string
  /** What the definition looks for; absent where it was not read. */
  readonly condition: unknown
  /** What its effect does: the operations of `modify`, the fields of `append`. */
  readonly details: unknown
  /** Resolved values of the definition's parameters; one that nobody gave is absent. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** It rules what any of these takes in; everything where there is none. */
  readonly selectors: readonly ResourceSelector[]
  /** What it does not rule. */
  readonly exceptions: readonly Exception[]
  /** Why it is not certain that what was read is what rules: it could not be read, or may be left out here. */
  readonly doubt?: string
}

export interface EffectOverride {
  /** Lower case. */
  readonly effect: string
  readonly selectors: readonly Selector[]
}

/** All of its selectors must take a resource in. */
export interface ResourceSelector {
  readonly selectors: readonly Selector[]
}

export interface Selector {
  /** e.g. `resourceLocation` */
  readonly kind: string
  readonly in?: readonly string[] | null | undefined
  readonly notIn?: readonly string[] | null | undefined
}

/** A scope that is left out or exempted, as far as its selectors take it in. */
export interface Exception {
  /** ARM id; empty for everything. */
  readonly scope: string
  readonly selectors: readonly ResourceSelector[]
}
