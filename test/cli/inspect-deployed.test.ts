import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roleAssignments } from '../../local/azure/arm/authorization/roles.ts'
import { userId } from '../../local/azure/seed-people.ts'
import type { Lack } from '../../src/domain/deployment/check.ts'
import { allow, appSubscription, plantDeployed } from '../azure/deployed.ts'
import { requestFor, subscriptionIds, tenantId, useSimulation } from '../azure/simulation.ts'
import { signIn } from './az-login.ts'
import { shellFor } from './shell.ts'

const simulation = useSimulation()
const folder = mkdtempSync(join(tmpdir(), 'ckey-deployed-'))
const file = join(folder, 'request.json')
const world = () => simulation.simulated.world
const alice = userId(tenantId, 'alice@contoso.com')
const everywhere = [appSubscription, ...Object.values(subscriptionIds)]

beforeAll(() => {
  const { policies, organization, namePrefix, subscriptions, id } = requestFor({})
  writeFileSync(file, JSON.stringify({ id, organization, namePrefix, subscriptions, policies }))
  plantDeployed(world(), { networking: 'vnet', tenantId, subscriptionIds })
  allow(world(), { tenantId, principalId: alice, actions: ['*'], ids: everywhere })
  signIn(simulation.simulated, 'alice@contoso.com')
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const doctor = (...words: string[]) =>
  shellFor({ env: {} }).ckey('doctor', '--deployed', appSubscription, '--request', file, ...words)

interface Found {
  readonly ok: boolean
  readonly inspected: readonly {
    readonly part: string
    readonly code: string
    readonly lacks: readonly Lack[]
    readonly unread?: string
  }[]
}

async function found(...words: string[]) {
  const { out, code } = await doctor(...words, '--json')
  const { ok, inspected } = JSON.parse(out) as Found
  const lacking = inspected.filter(({ lacks, unread }) => lacks.length > 0 || unread !== undefined)
  return { ok, code, inspected, lacking, out }
}

describe('a doctor of what was deployed', () => {
  test.each(['public', 'vnet'] as const)(
    'finds nothing where all is as the templates have it, networking %s',
    async (networking) => {
      plantDeployed(world(), { networking, tenantId, subscriptionIds })
      const { code, out } = await doctor()
      expect(out).toMatch(/\n0 things missing, 0 notes, \d+ well\.\n$/)
      expect(out).toMatch(/✓ app networking +as it was deployed/)
      expect(code).toBe(0)
    }
  )
})

describe('what somebody may not read', () => {
  const only = (actions: readonly string[], ids: readonly string[]) => {
    for (const { name, principalId } of roleAssignments(world()).values())
      if (principalId === alice) roleAssignments(world()).delete(name)
    allow(world(), { tenantId, principalId: alice, actions, ids })
  }

  test('is said to be unread, with the right that is missing, and is no success', async () => {
    only(['*/read'], everywhere)
    const { ok, code, lacking } = await found()
    expect(lacking.map((each) => each.code)).toEqual([
      'always-ready',
      'poll-interval',
      'app-url',
      'sampler',
      'event-endpoint'
    ])
    for (const { unread } of lacking)
      expect(unread).toMatch(/^you have no right to Microsoft\.Web\/sites\/config\/list\/action on \/subscriptions\//)
    expect([ok, code]).toEqual([false, 1])
    const { out } = await doctor()
    expect(out).toMatch(/\? app sampler +could not be looked at: you have no right to/)
    expect(out).toMatch(/0 things missing, 0 notes, \d+ well, 5 not read\.\n$/)
  })

  test('of a whole subscription neither; whoever stands for one slot looks at that part alone', async () => {
    only(['*/read'], [subscriptionIds[1]])
    const { inspected } = await found()
    const unread = inspected.filter((each) => each.unread !== undefined)
    expect(new Set(unread.map(({ part }) => part))).toEqual(new Set(['app', 'slot-2']))
    expect(inspected.filter(({ part }) => part !== 'slot-1')).toEqual(unread)
    expect(await found('--part', 'slot-1')).toMatchObject({ ok: true, code: 0, lacking: [] })
  })

  test('is all, where the subscription is none that anybody knows', async () => {
    const { lacking, inspected } = await found('--part', 'app', '--deployed', '00000000-0000-4000-8000-0000000000ff')
    expect(lacking).toEqual(inspected)
    expect(lacking.every(({ unread }) => unread !== undefined)).toBe(true)
  })

  test('without a request nothing is asked, and a part has a name', async () => {
    const shell = shellFor({ env: {} })
    expect(await shell.ckey('doctor', '--deployed', appSubscription)).toMatchObject({
      code: 2,
      err: expect.stringContaining('Give --request FILE')
    })
    expect(await doctor('--part', 'slot-3')).toMatchObject({
      code: 2,
      err: expect.stringContaining('app, slot-1 or slot-2')
    })
  })
})
