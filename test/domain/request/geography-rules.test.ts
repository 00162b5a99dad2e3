import { describe, expect, test } from 'vitest'
import { parseRequest } from '../../../src/domain/request/request.ts'
import { beyondTenantLimits } from '../../../src/domain/request/tenant-limits.ts'
import { geographyCodes, geographyNamed } from '../../../src/domain/terms/microsoft-365-geographies.ts'
import { areaOf } from '../../../src/domain/terms/regions.ts'
import { threeWorkloads } from '../examples.ts'

/**
 * The table of github.com/MicrosoftDocs/microsoft-365-docs, microsoft-365/includes/microsoft-365-multi-geo-locations.md, commit
 * bfc32fa1c00eff4c56442010c6c69043427735d2, which the page "Microsoft 365 Multi-Geo" includes.
 */
const published =
  'APC AUS BRA CAN EUR FRA DEU IND ISR ITA JPN KOR MEX NZL NOR POL QAT ZAF ESP SWE CHE TWN ARE GBR NAM'.split(' ')

interface Policy {
  readonly workload?: string
  readonly scope?: string
  readonly regions?: readonly [string, string]
}

function faultsOf(...policies: Policy[]): Record<string, string> {
  const whole = policies.map((policy) => ({ workload: 'sharepoint', ...policy }))
  const parsed = parseRequest({ ...threeWorkloads(), namePrefix: 'C', policies: whole })
  const byPath = parsed.ok ? {} : Object.groupBy(parsed.faults, ({ path }) => path)
  return Object.fromEntries(
    Object.entries(byPath).map(([path, faults = []]) => [path, faults.map(({ message }) => message).join(' ')])
  )
}

/** Two regions of each part of the world. */
const somewhere: Readonly<Record<string, readonly [string, string]>> = {
  'North America': ['eastus2', 'westus3'],
  'South America': ['brazilsouth', 'brazilsoutheast'],
  Europe: ['northeurope', 'swedencentral'],
  'Asia and Pacific': ['southeastasia', 'japaneast'],
  'Middle East and Africa': ['uaenorth', 'southafricanorth']
}

describe('geographies of SharePoint', () => {
  test('are those of Microsoft’s page, and some that came later', () => {
    expect(geographyCodes.filter((code) => !published.includes(code))).toEqual(['AUT', 'CHL', 'IDN', 'MYS'])
    expect(published.filter((code) => !geographyCodes.includes(code))).toEqual([])
  })

  test.each(geographyCodes)('%s has its vaults in its own part of the world, and is refused another', (scope) => {
    const place = geographyNamed(scope, 'sharepoint')?.place ?? ''
    if (somewhere[place] !== undefined) expect(faultsOf({ scope, regions: somewhere[place] })).toEqual({})
    const outside = Object.values(somewhere).filter((regions) => Object.keys(faultsOf({ scope, regions })).length > 0)
    expect(outside.length).toBeGreaterThanOrEqual(4)
  })

  test.each([
    ['POL', 'polandcentral', 'germanywestcentral'],
    ['QAT', 'qatarcentral', 'uaenorth'],
    ['TWN', 'taiwannorth', 'southeastasia'],
    ['MEX', 'mexicocentral', 'southcentralus']
  ] as const)('%s has one region alone, and takes its neighbour for the other slot', (scope, first, second) => {
    expect(areaOf(first)).toBe(areaOf(second))
    expect(faultsOf({ scope, regions: [first, second] })).toEqual({})
  })

  test.each([
    ['DE', 'DEU', 'Germany'],
    ['JP', 'JPN', 'Japan'],
    ['it', 'ITA', 'Italy'],
    ['GB', 'UK', 'United Kingdom'],
    ['EMEA', 'EU', 'Europe'],
    ['MY', 'MYS', 'Malaysia'],
    ['NA', 'USA', 'North America']
  ])('%s beside %s is one geography twice', (one, other, name) => {
    const message = faultsOf({ scope: one }, { scope: other })['/policies/1/scope'] ?? ''
    expect(message).toMatch(
      new RegExp(`${other} and ${one} are both ${name}, .*one policy per geography.*Remove this one`)
    )
    const there = { onboarding: 'earlier', workload: 'sharepoint', scope: one } as const
    expect(beyondTenantLimits({ policies: [{ workload: 'sharepoint', scope: other }] }, [there])).toHaveLength(1)
  })

  test('a policy without a scope stands beside none that has one', () => {
    expect(faultsOf({})).toEqual({})
    for (const policies of [
      [{}, { scope: 'NAM' }],
      [{ scope: 'NAM' }, {}]
    ] as const) {
      const unscoped = policies.findIndex((policy) => !('scope' in policy))
      expect(faultsOf(...policies)).toEqual({
        [`/policies/${String(unscoped)}`]: expect.stringMatching(/may be the one of NAM\. Say which it is/)
      })
    }
  })

  test('what is no code of a geography is refused, and a code that is not known is a person’s to judge', () => {
    expect(faultsOf({ scope: 'XX' })['/policies/0/scope']).toMatch(
      /^XX is no geography of Microsoft 365.*Use APC, ARE,/
    )
    expect(faultsOf({ scope: 'Germany' })['/policies/0/scope']).toMatch(/no geography/)
    expect(faultsOf({ scope: 'XYZ' })).toEqual({})
  })

  test('of Exchange a country’s two letters mean what the organization means by them', () => {
    expect(faultsOf({ workload: 'exchange', scope: 'IT' }, { workload: 'exchange', scope: 'DE' })).toEqual({})
    expect(faultsOf({ workload: 'exchange', scope: 'DEU' })['/policies/0/scope']).toMatch(/must lie in Germany/)
  })
})
