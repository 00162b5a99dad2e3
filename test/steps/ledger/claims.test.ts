import { expect, test } from 'vitest'
import { authorOf, doneBy, now, processOf } from './chains-of.ts'
import { useSimulation } from '../../azure/simulation.ts'

const simulation = useSimulation()
const end = (onboarding: string) =>
  doneBy(processOf(simulation).call('close', { onboarding, now, as: authorOf(onboarding), outcome: 'cancelled' }))

test('of many that claim a tenant at the same time one holds it, and all are told which', async () => {
  const ids = Array.from({ length: 8 }, (_, index) => `start-${String(index)}`)
  const holders = await Promise.all(ids.map((id) => processOf(simulation).ledger.claim('tenant-1', id)))
  expect(new Set(holders).size).toBe(1)
  expect(ids).toContain(holders[0])
})

test('a tenant is free once the onboarding that holds it is closed, and whoever asks again is told the same', async () => {
  const { ledger } = processOf(simulation)
  expect(await ledger.claim('tenant-2', 'first')).toBe('first')
  expect(await ledger.claim('tenant-2', 'first')).toBe('first')
  expect(await ledger.claim('tenant-2', 'second')).toBe('first')
  await end('first')
  expect(await ledger.claim('tenant-2', 'second')).toBe('second')
  expect(await ledger.claim('tenant-2', 'first')).toBe('first')
  expect(await ledger.claim('tenant-2', 'third')).toBe('second')
})

test('onboardings are open from their claim to their end, begun or not', async () => {
  const { ledger } = processOf(simulation)
  await ledger.claim('tenant-3', 'goes-on')
  await ledger.claim('tenant-4', 'is-over')
  await end('is-over')
  const open = (await processOf(simulation).ledger.open()).map(({ onboarding }) => onboarding)
  expect(open).toContain('goes-on')
  expect(open).not.toContain('is-over')
})
