/** What a later entry, or a slot’s store, says of an entry: its digest, and when the store took it. */
export interface Link {
  readonly sha256: string
  readonly moment: string
}

/**
 * How far the moment that a writer was told of its entry may be from the one that everybody reads afterwards, milliseconds. All
 * recordings have them equal; Microsoft promises nowhere that they are (docs/decisions/0159). The digest allows nothing.
 */
const mostApart = 2000

/** Whether a link is to that entry; nothing stands before the first. */
export function isLinkTo(link: Link | undefined, entry: Link | undefined): boolean {
  if (link === undefined || entry === undefined) return link === entry
  const apart = Math.abs(Date.parse(link.moment) - Date.parse(entry.moment))
  return link.sha256 === entry.sha256 && apart <= mostApart // a moment that is none is too far from any
}
