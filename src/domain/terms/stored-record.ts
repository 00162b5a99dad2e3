/** A JSON document in the records container. */
export interface StoredRecord {
  readonly name: string
  readonly sha256: string
}
