/**
 * How the records and the inputs of orchestrations lie: counted up by a release that reads no longer what an earlier one wrote.
 * Nothing is released yet; 1 is the layout of the first release.
 */
export const layout = 1

/** Why an app must not work on what lies there, and what to do. `found`: undefined where nothing says a layout. */
export const otherLayout = (found: number | undefined, where: string): string =>
  `This version of the app keeps its records in layout ${String(layout)}, and ${where} ` +
  `${found === undefined ? 'holds records of a version before layouts' : `is of layout ${String(found)}`}. Nothing was read or ` +
  'changed. Deploy the version that wrote them until its onboardings have ended, or give this one an empty store and task hub.'
