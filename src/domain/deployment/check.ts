/** One thing that a deployment lacks: what, on what, and how it is given. */
export interface Lack {
  /** A resource, by its name. */
  readonly on: string
  readonly observed: string
  /** A command, or where to go. */
  readonly cure: string
  /** It may have been chosen so, and somebody should know. */
  readonly isChoice?: true
}

/** Where a deployment is, and by which names. */
export interface Place {
  readonly subscriptionId: string
  /** As in the request: `Contoso`. */
  readonly namePrefix: string
}

/**
 * One check of what was deployed: of these facts, what is lacking. A fact that the person may not read is no part of `facts`, and
 * the check is then not made: whoever runs it says so.
 */
export interface DeployedCheck<Facts> {
  readonly code: string
  readonly needs: readonly (keyof Facts)[]
  readonly lacks: (facts: Facts, place: Place) => readonly Lack[]
}

/** A check that gets the facts it names, and no other. */
export const check = <Facts, Need extends keyof Facts>(
  code: string,
  needs: readonly Need[],
  lacks: (facts: Pick<Facts, Need>, place: Place) => readonly Lack[]
): DeployedCheck<Facts> => ({ code, needs, lacks })

/** Deploys the app's part again, which gives all that the template has. */
export const provision = 'azd provision'

/** The same of a slot, by its administrator. */
export const deploySlot = (slot: number): string =>
  `az deployment sub create --location REGION --parameters infra/slot${slot}.bicepparam, by the administrator of slot ${slot}`
