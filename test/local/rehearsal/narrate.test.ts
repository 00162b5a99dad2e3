import { expect, test } from 'vitest'
import { Narrator } from '../../../local/rehearsal/narrate.ts'
import { planLines } from '../../../local/rehearsal/narrate-plan.ts'
import type { OnboardingView } from '../../../local/rehearsal/onboarding-view.ts'
import { calendarOf } from '../../../src/domain/calendar/sla.ts'
import { planOf, threeWorkloads } from '../../domain/examples.ts'

const columns = 80
const tooLong = (lines: readonly string[]): string[] => lines.filter((line) => line.length > columns)

const fifty = planOf({
  ...threeWorkloads(),
  namePrefix: 'Con',
  policies: Array.from({ length: 50 }, (_, index) => ({ workload: 'exchange', scope: `U${String(index + 1)}` }))
})

test('fifty policies fit a screen of eighty columns, and what cannot be undone is said last', () => {
  const lines = planLines(fifty, { columns, requirements: false })
  expect(tooLong(lines)).toEqual([])
  expect(lines.join('\n')).toContain('… and 45 more like these')
  expect(lines.length).toBeLessThan(36)
  expect(lines.filter((line) => /R\d/.test(line))).toEqual([])
  const irreversible = lines.indexOf('  ! Cannot be undone:')
  expect(lines.slice(irreversible + 1).every((line) => line === '' || /^ {4,6}\S/.test(line))).toBe(true)
  const numbered = planLines(fifty, { columns, requirements: true })
  expect(tooLong(numbered)).toEqual([])
  expect(numbered.filter((line) => line.includes('(R17)'))).toHaveLength(1)
})

/** As far as it is told. */
const view = (parts: Partial<OnboardingView>): OnboardingView =>
  ({ steps: [], findings: [], tasks: [], waits: [], step: 'preflight', ...parts }) as unknown as OnboardingView

const task = (name: string, since: string) => ({ name, asks: `Do what ${name} asks.`, since, for: 'operators' })

function told(views: readonly OnboardingView[], requirements = false): string[] {
  const lines: string[] = []
  const calendar = calendarOf({ zone: 'America/Los_Angeles', extraHolidays: [], businessDays: 5 })
  const narrator = new Narrator((line) => lines.push(line), calendar, { columns, requirements })
  for (const each of views) narrator.tell(each)
  return lines
}

const step = (at: string, title: string, detail: string) => ({
  step: 'preflight',
  at,
  title,
  detail,
  requirements: ['R2']
})

test('each step is told once, under its day with the year, and a day once', () => {
  const steps = [
    step('2026-12-31T17:00:00.000Z', 'Preflight', 'well'),
    step('2027-01-01T07:59:00.000Z', 'Offers', 'FT-1'),
    step('2027-01-01T08:00:00.000Z', 'Approved', 'by both')
  ] as unknown as OnboardingView['steps']
  const lines = told([view({ steps: steps.slice(0, 2) }), view({ steps })])
  expect(lines).toEqual([
    '  Thu 31 Dec 2026',
    '    09:00  ✓ Preflight          well',
    '    23:59  ✓ Offers             FT-1',
    '  Fri 1 Jan 2027',
    '    00:00  ✓ Approved           by both'
  ])
  expect(told([view({ steps: steps.slice(0, 1) })], true)[1]).toBe('    09:00  ✓ Preflight          well (R2)')
})

test('what is asked at one moment is one line, a hundred tasks too, and what comes later another', () => {
  const many = Array.from({ length: 100 }, (_, index) =>
    task(`import-vault${String(index)}`, '2026-11-23T17:00:00.000Z')
  )
  const later = task('attest-offline-1', '2026-11-23T18:00:00.000Z')
  const tasks = [...many, later] as unknown as OnboardingView['tasks']
  const lines = told([view({ tasks: tasks.slice(0, 100) }), view({ tasks })])
  expect(tooLong(lines)).toEqual([])
  const text = lines.join('\n').replaceAll(/\n {32}/g, ' ')
  expect(text).toMatch(/▸ Your turn +import-vault0, .*import-vault4, and 95 more\n.*▸ Your turn +attest-offline-1$/)
})
