import { expect, test } from 'vitest'
import { handsInAzure } from '../../../local/rehearsal/hands-in-azure.ts'
import { draftPlan } from '../../../src/domain/plan/build-plan.ts'
import { fabrikam } from '../../app/requests.ts'
import { alice, bob, useApp } from '../../app/running-app.ts'

const app = useApp()

test('whoever explores by hand comes from plan to hand-off, and may begin again', async () => {
  const request = fabrikam({ id: 'explored' })
  const plan = draftPlan(request)
  const said: string[] = []
  const look = handsInAzure({ ...app.stage, plan, say: (line) => said.push(line) })
  await look()
  expect(said).toEqual([])
  const started = await app.start(request)
  const answers: Readonly<Record<string, unknown>> = {
    offer: { requestId: 'FT-1', officers: [{ name: 'Olga', email: 'olga@fabrikam.com' }] },
    approve: { planDigest: (started.body as { digest: string }).digest },
    attest: { location: 'safe' },
    remove: {}
  }
  const answered = new Set<string>()
  for (;;) {
    const view = await app.until(
      'explored',
      ({ tasks, status }) =>
        status !== 'running' || tasks.some(({ name, since, optional }) => !optional && !answered.has(name + since))
    )
    if (view.status !== 'running') {
      expect(view.status).toBe('completed')
      break
    }
    await look()
    for (const { name, since } of view.tasks.filter(({ optional }) => !optional)) {
      answered.add(name + since)
      await app.answer('explored', name, name.endsWith('2') ? bob : alice, answers[name.split('-')[0] ?? ''])
    }
  }
  expect(said.toSorted()).toEqual(
    [1, 2].map((slot) => expect.stringContaining(`as remove-setup-role-${String(slot)} of explored asks`))
  )
  await look()
  expect(said.at(-1)).toContain('set-up roles again')
}, 120_000)
