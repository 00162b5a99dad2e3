import { expect } from 'vitest'
import type { Played } from './played.ts'

/** It came to its end as if nothing had happened: nothing twice, nobody asked twice, nothing open. */
export async function expectSound(played: Played): Promise<void> {
  const { body } = await played.stage.api.get(`onboardings/${played.plan.id}/answers`)
  const { report } = await played.end()
  expect(report.outcome).toBe('completed')
  expect(report.vaults.map(({ keyVersions }) => keyVersions)).toEqual([1, 1])
  const toMicrosoft = report.emails.filter(({ subject }) => subject.startsWith('Customer Key for'))
  expect(toMicrosoft).toHaveLength(1)
  const kinds = report.emails.map(({ to, subject }) => `${to} · ${subject}`)
  expect(kinds.filter((kind, index) => kinds.indexOf(kind) !== index && !kind.includes('confirm'))).toEqual([])
  expect(report.requirements.filter(({ status }) => status === 'not proved')).toEqual([])
  const { items } = body as { items: { task: string; verdict?: string }[] }
  expect(items.filter(({ verdict }) => verdict === undefined)).toEqual([])
  const taken = items.filter(({ verdict }) => verdict === 'taken').map(({ task }) => task)
  expect(taken.filter((task, index) => taken.indexOf(task) !== index)).toEqual([])
}
