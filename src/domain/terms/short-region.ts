/** ARM answers `West US 2` to some and `westus2` to others: the latter of both. */
export const shortRegion = (region: string): string => region.toLowerCase().replaceAll(' ', '')
