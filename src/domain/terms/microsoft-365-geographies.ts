import type { Workload } from './workloads.ts'
import { workloads } from './workloads.ts'

/** A geography in which Microsoft 365 keeps a tenant's data. */
export interface Geography {
  readonly name: string
  /** Where both vaults of its policy must lie: an Azure geography or, where one region alone is in it, a part of the world. */
  readonly place: string
}

/**
 * The geography that a scope names. What an Exchange policy is for is the organisation's own word, so that `IT` may be its
 * own department there: only for SharePoint, whose scopes are geographies and nothing else, is a country's code one too.
 */
export function geographyNamed(scope: string, workload: Workload): Geography | undefined {
  const code = scope.toUpperCase()
  const { [code]: named = code } = { ...everywhere, ...(isByGeography(workload) ? ofCountries : {}) }
  const found = geographies[named]
  return found !== undefined && ofUnitedStates.includes(code) ? { ...found, place: 'United States' } : found
}

/** Whether a workload has one policy for each geography. */
export const isByGeography = (workload: Workload): boolean => workloads[workload].scope === 'geography'

/** Every code of Microsoft's is three letters. One that is not in the list may be newer than this app. */
export const mayBeGeography = (scope: string): boolean => /^[a-z]{3}$/i.test(scope)

const alone = (name: string, place: string): Geography => ({ name, place })
const own = (name: string): Geography => ({ name, place: name })

/**
 * The values of PreferredDataLocation, as Microsoft's page has them:
 * https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-multi-geo, read in github.com/MicrosoftDocs/microsoft-365-docs,
 * microsoft-365/includes/microsoft-365-multi-geo-locations.md, commit bfc32fa1c00eff4c56442010c6c69043427735d2 (April 2024).
 * AUT, CHL, IDN and MYS came later: they are taken by the same rule, ISO 3166-1, and their names are not read there.
 */
const geographies: Readonly<Partial<Record<string, Geography>>> = {
  NAM: own('North America'),
  CAN: own('Canada'),
  MEX: alone('Mexico', 'North America'),
  BRA: own('Brazil'),
  CHL: alone('Chile', 'South America'),
  EUR: own('Europe'),
  AUT: alone('Austria', 'Europe'),
  CHE: own('Switzerland'),
  DEU: own('Germany'),
  ESP: alone('Spain', 'Europe'),
  FRA: own('France'),
  GBR: own('United Kingdom'),
  ITA: alone('Italy', 'Europe'),
  NOR: own('Norway'),
  POL: alone('Poland', 'Europe'),
  SWE: own('Sweden'),
  APC: own('Asia and Pacific'),
  AUS: own('Australia'),
  IDN: alone('Indonesia', 'Asia and Pacific'),
  IND: own('India'),
  JPN: own('Japan'),
  KOR: own('Korea'),
  MYS: alone('Malaysia', 'Asia and Pacific'),
  NZL: alone('New Zealand', 'Asia and Pacific'),
  TWN: alone('Taiwan', 'Asia and Pacific'),
  ARE: own('United Arab Emirates'),
  ISR: alone('Israel', 'Middle East and Africa'),
  QAT: alone('Qatar', 'Middle East and Africa'),
  ZAF: own('South Africa')
}

export const geographyCodes: readonly string[] = Object.keys(geographies).toSorted()

/** Names that people use, and the article too, for a code of Microsoft's. */
const everywhere: Readonly<Partial<Record<string, string>>> = {
  NA: 'NAM',
  US: 'NAM',
  USA: 'NAM',
  EU: 'EUR',
  UK: 'GBR',
  APAC: 'APC'
}

/** Microsoft 365 keeps the data of its North America in the United States: Canada is a geography of its own. */
const ofUnitedStates: readonly string[] = ['US', 'USA']

/** ISO 3166-1, two letters; `EMEA`, as the page once called EUR. */
const ofCountries: Readonly<Partial<Record<string, string>>> = {
  CA: 'CAN',
  MX: 'MEX',
  BR: 'BRA',
  CL: 'CHL',
  EMEA: 'EUR',
  AT: 'AUT',
  CH: 'CHE',
  DE: 'DEU',
  ES: 'ESP',
  FR: 'FRA',
  GB: 'GBR',
  IT: 'ITA',
  NO: 'NOR',
  PL: 'POL',
  SE: 'SWE',
  AP: 'APC',
  AU: 'AUS',
  ID: 'IDN',
  IN: 'IND',
  JP: 'JPN',
  KR: 'KOR',
  MY: 'MYS',
  NZ: 'NZL',
  TW: 'TWN',
  AE: 'ARE',
  UAE: 'ARE',
  IL: 'ISR',
  QA: 'QAT',
  ZA: 'ZAF'
}
