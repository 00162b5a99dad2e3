import { vi } from 'vitest'
import type * as Checks from '../../src/domain/checks/checks.ts'

// One check says yes to everything: whatever stands on it must then fail. Only npm run muting sets the name.
const code = process.env['CKEY_MUTED'] ?? ''

vi.mock('../../src/domain/checks/checks.ts', async (original) => {
  const checks = await original<typeof Checks>()
  const runChecks: typeof checks.runChecks = (given, ...about) =>
    checks.runChecks(
      given.map((check) => (check.code === code ? { ...check, holds: () => true } : check)),
      ...about
    )
  return { ...checks, runChecks }
})
