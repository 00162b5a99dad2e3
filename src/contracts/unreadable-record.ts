/**
 * A stored document that is there and cannot be read: damaged, changed by somebody else, or of another format. Nothing
 * passes by itself here; a person must look.
 */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord'

  constructor(kind: string, record: string, why: string) {
    super(
      `The record ${record} (${kind}) cannot be read: ${why}. ` +
        "Restore it from the store's versions, or deploy the version of the app that wrote it, then retry."
    )
  }
}
