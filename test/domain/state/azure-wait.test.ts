import { describe, expect, test } from 'vitest'
import {
  aMinute,
  anHour,
  isWithinAMinute,
  later,
  nextLookAt,
  secondsBetween
} from '../../../src/domain/state/azure-wait.ts'

const since = '2026-11-23T17:00:00.000Z'
const after = (seconds: number): string => new Date(Date.parse(since) + seconds * 1000).toISOString()
function next(seconds: number, looks: number, asked = 0): number | undefined {
  const at = nextLookAt({ since, now: after(seconds), looks, asked }, anHour)
  return at === undefined ? undefined : secondsBetween(since, at)
}

describe('the next look at Azure', () => {
  test('is later each time, and at most half an hour after the last', () => {
    expect([next(0, 1), next(30, 2), next(90, 3), next(210, 4)]).toEqual([30, 90, 210, 450])
    expect(next(0, 12)).toBe(1800)
  })

  test('is not before Azure wants it, and not much before the bound', () => {
    expect(next(0, 1, 100)).toBe(100)
    expect(next(0, 1, 10)).toBe(30)
    expect(next(3500, 12)).toBe(3600)
    expect(next(3500, 12, 200)).toBe(3700) // it wants to be left alone beyond the bound: once more then
    expect(next(3500, 12, 100)).toBe(3600)
  })

  test('is none once the bound is reached, or where Azure wants to be left alone for longer', () => {
    expect([next(3599, 12), next(3600, 12), next(4000, 12)]).toEqual([3600, undefined, undefined])
    expect([next(0, 1, 3600), next(0, 1, 3601)]).toEqual([3600, undefined])
  })
})

test('a write may be shown late for a minute', () => {
  expect([isWithinAMinute(since, after(59)), isWithinAMinute(since, after(60))]).toEqual([true, false])
  expect(nextLookAt({ since, now: since, looks: 1, asked: 0 }, aMinute)).toBe(after(10))
  expect(nextLookAt({ since, now: after(20), looks: 3, asked: 0 }, aMinute)).toBe(after(40))
  expect(nextLookAt({ since, now: after(60), looks: 1, asked: 0 }, aMinute)).toBeUndefined()
})

test('moments are added and taken from each other in seconds, and whatever Azure asks can be written', () => {
  expect(later(since, 90)).toBe('2026-11-23T17:01:30.000Z')
  expect(later(since, 1e15)).toBe('2127-02-07T17:00:00.000Z')
  expect([secondsBetween(since, after(90)), secondsBetween(after(90), since)]).toEqual([90, 0])
})
