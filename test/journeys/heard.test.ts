import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { appRoleAssignments } from '../../local/azure/graph/directory.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { appRolesFor } from '../../local/azure/seed-tenant.ts'
import type { CutPoint } from '../../local/stage/cuts.ts'
import type { Stage } from '../../local/stage/stage.ts'
import { alice, bob } from '../app/running-app.ts'
import { play, type Played } from './played.ts'
import { oneWorkload, threeWorkloads } from './requests.ts'

// What is said at an awkward moment is heard, and judged for what it is. Each is a whole onboarding: slow.
const long = { timeout: 120_000 }
const reason = { reason: 'somebody may have a copy of our keys' }

interface Item {
  readonly task: string
  readonly verdict?: string
}

async function verdictsOn(played: Played, task: string): Promise<unknown[]> {
  const { body } = await played.stage.api.get(`onboardings/${played.plan.id}/answers`)
  return (body as { items: Item[] }).items.filter((each) => each.task === task).map(({ verdict }) => verdict)
}

async function carrier({ hub }: Pick<Stage, 'hub'>, prefix: string): Promise<string> {
  const live = () => hub.ids(prefix).filter((id) => ['Pending', 'Running'].includes(hub.status(id) ?? ''))
  await expect.poll(() => live().length, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0)
  return live()[0] ?? expect.fail()
}

const takeoversIn = ({ lines }: Pick<Stage, 'lines'>): string[] =>
  lines.map(({ message }) => message).filter((message) => message.startsWith('taken-over '))

test.for(['prepare-slot', 'make-key', 'look-at-slot'])(
  'a cancel said when %s begins ends the onboarding by its own instance',
  long,
  async (activity) => {
    const played = await play(oneWorkload())
    const { stage } = played
    stage.cuts.meanwhile(
      ({ name }) => name.startsWith(`begins ${activity} (`),
      async () => expect(await played.answer('cancel', bob, reason)).toBe(202)
    )
    await played.start()
    expect(await played.until(({ status }) => status !== 'running')).toMatchObject({ status: 'cancelled' })
    expect(takeoversIn(stage)).toEqual([])
    expect(stage.hub.ids('onboarding.')).toHaveLength(1)
    expect(await verdictsOn(played, 'cancel')).toEqual(['taken'])
  }
)

test('a halt said while all is verified holds the hand-off back until both slots go on', long, async () => {
  const played = await play(oneWorkload())
  played.stage.cuts.meanwhile(
    ({ name }) => name.startsWith('begins look-at-slot ('),
    async () => expect(await played.answer('halt', bob, reason)).toBe(202)
  )
  await played.start()
  const halted = await played.until(({ tasks }) => tasks.some(({ name }) => name === 'go-on-slot-1'))
  expect(halted).toMatchObject({ status: 'running', handOff: null })
  await played.answer('go-on-slot-1', alice, {})
  await played.answer('go-on-slot-2', bob, {})
  expect(await played.until(({ status }) => status !== 'running')).toMatchObject({ status: 'completed' })
})

test('an approval that was asked for is taken, whatever became of the hub meanwhile', long, async () => {
  const played = await play(oneWorkload())
  await played.start()
  const isAsked = ({ tasks }: { tasks: { name: string }[] }) => tasks.some(({ name }) => name === 'approve-slot-1')
  const { planDigest } = await played.until(isAsked)
  await played.stage.hub.delete()
  expect(await played.answer('approve-slot-1', alice, { planDigest })).toBe(202)
  await played.until(({ step }) => step === 'waiting-on-microsoft')
  expect(await verdictsOn(played, 'approve-slot-1')).toEqual(['taken'])
})

test('a right answer that was on its way when a wrong one was refused is taken', long, async () => {
  const played = await play(threeWorkloads())
  const officers = [{ name: 'Olga Officer', email: 'olga@fabrikam.com' }]
  const say = (workload: string, requestId: string) =>
    played.answer(`offer-${workload}`, alice, { requestId, officers })
  await played.start()
  await played.until(({ tasks }) => tasks.some(({ name }) => name === 'offer-sharepoint'))
  const all = [say('exchange', 'FT-77001'), say('sharepoint', 'FT-77001'), say('sharepoint', 'FT-77002')]
  expect(await Promise.all(all)).toEqual([202, 202, 202])
  await played.until(({ step }) => step === 'approvals')
  expect((await verdictsOn(played, 'offer-sharepoint')).toSorted()).toContain('taken')
})

test.for([
  ['take-over', reason],
  ['retry-stopped-terminated', {}]
] as const)('%s of a branch that was terminated by hand is taken', long, async ([task, answer]) => {
  const played = await play({ ...oneWorkload(), keys: 'imported' })
  await played.start()
  await played.until(({ tasks }) => tasks.some(({ name }) => name.startsWith('import-')))
  await played.stage.hub.terminate(await carrier(played.stage, 'branch.'), 'by hand')
  await played.until(({ findings }) => findings.some(({ code }) => code === 'stopped-terminated'))
  expect(await played.answer(task, alice, answer)).toBe(202)
  await played.until(() => takeoversIn(played.stage).length > 0)
  await expect.poll(() => verdictsOn(played, task)).toEqual(['taken'])
})

test('who has the role Approver alone may end what nobody carries', long, async () => {
  const played = await play(oneWorkload())
  const { stage, plan } = played
  await played.start()
  await played.until(({ step }) => step === 'approvals')
  const id = await carrier(stage, 'onboarding.')
  const say = async (task: string) => {
    const url = `${await stage.host.ready}/api/onboardings/${plan.id}/tasks/${task}`
    const headers = { 'content-type': 'application/json', 'x-local-user': alice, 'x-local-roles': 'Reader,Approver' }
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(reason) })).status
  }
  await stage.hub.terminate(id, 'by hand')
  await stage.hub.purge(id)
  await played.until(({ findings }) => findings.some(({ code }) => code === 'stopped-purged'))
  expect(await say('cancel')).toBe(202)
  expect(await played.until(({ status }) => status !== 'running')).toMatchObject({ status: 'cancelled' })
})

test(
  'who has lost the role since they said it has nothing taken over: it is looked up first, and another’s word counts',
  long,
  async () => {
    const played = await play(oneWorkload())
    const { stage, plan } = played
    const { world } = stage.azure
    await played.start()
    await played.until(({ step }) => step === 'approvals')
    await stage.hub.terminate(await carrier(stage, 'onboarding.'), 'by hand')
    await played.until(({ findings }) => findings.some(({ code }) => code === 'stopped-terminated'))
    const approver = appRolesFor(plan.organization.tenantId, userId(plan.organization.tenantId, alice), ['Approver'])
    for (const { id } of approver) appRoleAssignments(world).delete(id)
    expect(await played.answer('take-over', alice, reason)).toBe(202) // by a sign-in that is older
    await expect.poll(() => verdictsOn(played, 'take-over'), { timeout: 30_000 }).toEqual(['refused'])
    const { findings } = await played.until(({ findings: found }) => found.length > 0)
    expect(findings.map(({ code }) => code)).toEqual(['stopped-terminated'])
    expect([takeoversIn(stage), stage.hub.ids('onboarding.').length]).toEqual([[], 1])
    expect(await played.answer('take-over', bob, reason)).toBe(202)
    await played.until(({ takeovers }) => takeovers.length === 1)
    await expect.poll(() => verdictsOn(played, 'take-over'), { timeout: 30_000 }).toEqual(['refused', 'taken'])
    for (const each of approver) appRoleAssignments(world).set(each.id, each)
  }
)

test('a takeover whose watch dies before it tells of it is told by one mail all the same', long, async () => {
  const played = await play(oneWorkload())
  const { stage } = played
  await played.start()
  await played.until(({ step }) => step === 'approvals')
  const carried = await carrier(stage, 'onboarding.')
  stage.cuts.at(({ name }) => name.includes('.g2)'), 'host')
  await stage.hub.fail(carried)
  await played.until(({ status }) => status !== 'running')
  const { report } = await played.end()
  expect(takeoversIn(stage)).toHaveLength(1)
  expect(report.emails.filter(({ subject }) => subject.includes('taken over'))).toHaveLength(1)
})

test(
  'after a halt the mail to Microsoft goes before any to operators, although the mail service is busy',
  long,
  async () => {
    const played = await play(oneWorkload())
    const { stage } = played
    stage.cuts.meanwhile(
      ({ name }) => name.startsWith('begins notify-microsoft ('),
      async () => expect(await played.answer('halt', alice, reason)).toBe(202)
    )
    await played.start()
    await played.until(({ tasks }) => tasks.some(({ name }) => name === 'go-on-slot-2'))
    const sent = () => [...outbox(stage.azure.world).values()].map(({ to }) => to.join())
    await settled(() => sent().length) // all that was said before is told
    const before = sent().length
    stage.azure.faults.add({
      service: 'email',
      operation: 'emails.send',
      kind: 'status',
      status: 429,
      code: 'TooManyRequests',
      retryAfterSeconds: 900,
      times: 1
    })
    await played.answer('go-on-slot-1', alice, {})
    await played.answer('go-on-slot-2', bob, {})
    await played.until(({ step }) => step !== 'registration')
    expect(sent()[before]).toMatch(/@microsoft\.com$/)
  }
)

/** Until it stays the same for a second of the machine. */
async function settled(count: () => number): Promise<void> {
  for (let last = -1; last !== count(); await sleep(1000)) last = count()
}

/** Activities of branches that have begun and not ended. */
function underWay(met: readonly CutPoint[]): number {
  const of = (moment: string) => met.filter(({ name }) => new RegExp(`^${moment} ${ofVaults} `).test(name)).length
  return of('begins') - of('ends')
}

const ofVaults = '(make-vault|grant-permissions|find-key|make-key|back-up-key)'

test.for(['cancel', 'halt'])('a %s that stands keeps Event Grid from being written to', long, async (task) => {
  const played = await play(oneWorkload())
  const { stage } = played
  const { faults, journal } = stage.azure
  const isEventGrid = ({ method, path }: { method: string; path: string }) =>
    method === 'PUT' && /EventGrid/i.test(path)
  const undo = faults.add({
    service: 'arm',
    kind: 'status',
    status: 403,
    code: 'AuthorizationFailed',
    times: 'always',
    fits: isEventGrid
  })
  let said = Number.POSITIVE_INFINITY
  stage.cuts.meanwhile(
    ({ name }) => name.startsWith('begins back-up-key ('),
    async () => {
      expect(await played.answer(task, bob, reason)).toBe(202)
      while (underWay(stage.cuts.met) > 1) await sleep(5) // what looked before it stood may still write
      said = journal.entries().at(-1)?.seq ?? 0
      undo()
    }
  )
  await played.start()
  await played.until(({ status, halted }) => status !== 'running' || halted !== null)
  const written = journal.entries().filter((each) => each.seq > said && each.applied && isEventGrid(each))
  expect(written).toEqual([])
})
