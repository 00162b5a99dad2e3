/** The store of records did not do what a route asked of it. The message says what happened and what to do. */
export class StoreSilent extends Error {
  override readonly name = 'StoreSilent'
}
