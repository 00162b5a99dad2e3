/**
 * The geography of a region: its name without direction and number, e.g. `us` for `eastus2`.
 * A backup can be restored only within one (domain.md §4.6).
 */
export function geographyOf(location: string): string {
  const region = location.toLowerCase().replaceAll(' ', '')
  return region.replaceAll(/north|south|east|west|central|\d/g, '') || region
}
