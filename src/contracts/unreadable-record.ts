/**
 * A stored document that is there and cannot be read: damaged, changed by somebody else, or of another format. Nothing
 * passes by itself here; a person must look.
 */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord'

  /** Sound as far as this release can tell, and written by one that came after it: only that one may go on with it. */
  readonly isNewer: boolean

  constructor(kind: string, record: string, why: string, { isNewer } = { isNewer: false }) {
    super(
      `The record ${record} (${kind}) cannot be read: ${isNewer ? 'a newer release of this app wrote it, ' : ''}${why}. ` +
        (isNewer
          ? 'Nothing was changed. Deploy that release again.'
          : "Restore it from the store's versions, or deploy the version of the app that wrote it, then retry.")
    )
    this.isNewer = isNewer
  }
}
