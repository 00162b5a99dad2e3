/** One rule of Azure Policy that is enforced on a subscription, out of its assignment and, where it has one, its initiative. */
export interface AssignedPolicy {
  /** ARM id of the assignment: what an exemption names. */
  readonly assignmentId: string
  /** What a person knows the assignment by. */
  readonly assignment: string
  /** Name of the definition, lower case: a GUID for Azure's own. */
  readonly definition: string
  readonly title: string
  /** Lower case, e.g. `deny`, `audit`; empty where it cannot be told. */
  readonly effect: string
  /** The rule as lower-case JSON; empty where it was not read. */
  readonly rule: string
  /** Resolved values of the definition's parameters. */
  readonly parameters: Readonly<Record<string, unknown>>
}
