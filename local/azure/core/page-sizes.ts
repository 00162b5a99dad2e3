import type { Collection, World } from './world.ts'

/** How many entries a page of a list has; nobody promises a number. */
export interface PageSize {
  readonly size: number
}

/** Those of a state, under `arm` and `graph`; none: all lists are whole. */
export const pageSizes = (world: World): Collection<PageSize> => world.collection('page-sizes')
