import type { PlannedParty } from './plan.ts'

type People = readonly PlannedParty[]

/** Whom the plan means; undefined for whoever came after it was made. */
export const objectIdIn = (people: People, party: string): string | undefined =>
  people.find((each) => each.party === party)?.objectId

/** Where somebody reads their mail: as the directory said when the plan was made, else by user principal name. */
export const addressIn = (people: People, party: string): string =>
  people.find((each) => each.party === party)?.mail ?? party
