import { vi } from 'vitest'
import type * as AllChecks from '../../src/domain/checks/all-checks.ts'
import type * as Checks from '../../src/domain/checks/checks.ts'
import type * as Delivery from '../../src/domain/checks/mail-delivery.ts'
import type * as Refused from '../../src/domain/checks/refused.ts'

// One check says yes to everything: whatever stands on it must then fail. Only npm run muting sets the name.
const code = process.env['CKEY_MUTED'] ?? ''

vi.mock('../../src/domain/checks/checks.ts', async (original) => {
  const checks = await original<typeof Checks>()
  const runChecks: typeof checks.runChecks = (given, ...about) =>
    checks.runChecks(
      given.map((check) => (check.code === code ? { ...check, holds: () => true } : check)),
      ...about
    )
  // Of what is found without an observation nobody hears by this name.
  const findingOf: typeof checks.findingOf = (check, ...about) => {
    const finding = checks.findingOf(check, ...about)
    return check.code === code ? { ...finding, check: 'muted', code: `muted-${finding.code}` } : finding
  }
  return { ...checks, runChecks, findingOf }
})

// Nor do its own examples break it.
vi.mock('../../src/domain/checks/all-checks.ts', async (original) => {
  const all = await original<typeof AllChecks>()
  const allChecks = all.allChecks.map((check) =>
    check.code === code
      ? { ...check, findings: () => check.findings().map((each) => ({ ...each, breaks: false })) }
      : check
  )
  return { ...all, allChecks }
})

// Whether a mail arrived is asked of the checks themselves.
vi.mock('../../src/domain/checks/mail-delivery.ts', async (original) => {
  const delivery = await original<typeof Delivery>()
  const deliveryChecks = delivery.deliveryChecks.map((check) =>
    check.code === code ? { ...check, holds: () => true } : check
  )
  return { ...delivery, deliveryChecks }
})

// A refusal is there, whoever finds out why: one whose cause nobody knows is a call that failed.
vi.mock('../../src/domain/checks/refused.ts', async (original) => {
  const refused = await original<typeof Refused>()
  const findingOfRefusal: typeof refused.findingOfRefusal = (of, step) => ({
    ...refused.findingOfRefusal(of, step),
    ...(of.cause === code && { check: 'unreachable', code: `unreachable-${step.suffixes[0]}` })
  })
  return { ...refused, findingOfRefusal }
})
