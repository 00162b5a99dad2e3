import { expect, test } from 'vitest'
import { exampleOnboarding } from '../../src/contracts/http/openapi-examples.ts'
import { timeline } from '../../src/web/timeline.ts'
import { turnSection } from '../../src/web/turn-section.ts'

// The example waits from Monday 23 November 2026; Thursday is Thanksgiving in the United States.
type Sla = typeof exampleOnboarding.sla
const counted = (sla: Partial<Sla>) => ({ ...exampleOnboarding, sla: { ...exampleOnboarding.sla, ...sla } })
const daysIn = (html: string, of: RegExp): string[] => [...html.matchAll(of)].map(([, day = '']) => day)
const daysOff = (sla: Partial<Sla>) => daysIn(timeline(counted(sla)).html, /<li class="off[^"]*" data-day="([^"]+)"/g)
const waitDays = (sla: Partial<Sla>) => daysIn(turnSection(counted(sla)).html, /<li data-day="([^"]+)"/g)

test('the timeline strikes out the days that do not count in this deployment', () => {
  expect(daysOff({})).toEqual(['2026-11-26', '2026-11-28', '2026-11-29'])
  expect(daysOff({ extraHolidays: ['2026-11-27'] })).toEqual(['2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'])
  expect(daysOff({ removedHolidays: ['2026-11-26'] })).toEqual(['2026-11-28', '2026-11-29'])
})

test('the clock of the wait counts the days of this deployment', () => {
  expect(waitDays({})).toEqual(['2026-11-24', '2026-11-25', '2026-11-27', '2026-11-30', '2026-12-01'])
  expect(waitDays({ extraHolidays: ['2026-11-27'] })).toEqual(['2026-11-24', '2026-11-25', '2026-11-30', '2026-12-01'])
})
