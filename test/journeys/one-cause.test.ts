import { expect, test } from 'vitest'
import { findingsLines } from '../../cli/finding-lines.ts'
import { onboardingDocument } from '../../src/domain/views/documents.ts'
import { findingSection } from '../../src/web/finding-section.ts'
import { play } from './played.ts'
import { threeWorkloads } from './requests.ts'

// A subscription that is disabled stops every vault of its slot: one cause, one cure, one word on it. A whole onboarding.
test('what one cause stops in many places is shown once, and one retry is heard by all of it', {
  timeout: 120_000
}, async () => {
  const request = threeWorkloads()
  const played = await play({ ...request, policies: request.policies.slice(0, 2) })
  const { plan, stage } = played
  const disabled = plan.slots[0].subscriptionId
  const cure = stage.azure.faults.add({
    service: 'arm',
    kind: 'status',
    status: 409,
    code: 'ReadOnlyDisabledSubscription',
    times: 'always',
    fits: ({ method, path }) => method === 'PUT' && path.includes(disabled) && /\/vaults\/[^/]+$/i.test(path)
  })
  await played.start()
  const { findings } = await played.until((view) => view.findings.length === plan.policies.length)
  expect(new Set(findings.map(({ code }) => code)).size).toBe(2)
  expect(findings).toMatchObject(findings.map(() => ({ requirement: 'R7', resource: disabled })))

  const path = `onboardings/${plan.id}`
  const document = onboardingDocument.parse((await stage.api.get(path)).body)
  expect(document.findings.map(({ cause }) => cause)).toEqual(
    findings.map(() => `subscription ${disabled} is not enabled`)
  )
  const shown = findingsLines(document.findings)
  expect(shown.filter((line) => line.startsWith('  ✗'))).toHaveLength(1)
  expect(shown.join('\n')).toContain(`and 1 more of the same cause (subscription ${disabled} is not enabled): `)
  const page = findingSection(document, { party: 'alice@fabrikam.com' }).html
  expect(page.match(/<div class="finding"/g)).toHaveLength(1)
  for (const { code } of findings) expect(page).toContain(code)

  cure()
  expect(await played.answer(`retry-${findings[1]?.code ?? ''}`, 'alice@fabrikam.com', {})).toBe(202)
  const { report, handOff } = await played.end()
  expect([report.outcome, report.findings, handOff?.overrides]).toEqual(['completed', [], []])
})
