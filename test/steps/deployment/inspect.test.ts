import { describe, expect, test } from 'vitest'
import { plantSeed } from '../../../local/azure/plant-seed.ts'
import { seedFor } from '../../../local/azure/seed.ts'
import { userId } from '../../../local/azure/seed-people.ts'
import { appChecks } from '../../../src/domain/deployment/app-checks.ts'
import { slotChecks } from '../../../src/domain/deployment/slot-checks.ts'
import { deployedVersions } from '../../../src/steps/deployment/deployed-versions.ts'
import { inspectApp, inspectSlot, type Inspected } from '../../../src/steps/deployment/inspect.ts'
import { allow, appSubscription, plantDeployed, predictedVersions } from '../../azure/deployed.ts'
import { subscriptionIds, tenantId, requestFor } from '../../azure/simulation.ts'
import { inProcess } from './in-process.ts'
import { spoils, wholes, type Spoil } from './deployed-spoils.ts'

const objectId = userId(tenantId, 'alice@contoso.com')
const { world, deployed, later } = inProcess({ tenantId, objectId })
plantSeed(world, seedFor(requestFor({})))
plantDeployed(world, { networking: 'vnet', tenantId, subscriptionIds })
allow(world, {
  tenantId,
  principalId: objectId,
  actions: ['*'],
  ids: [appSubscription, ...Object.values(subscriptionIds)]
})

async function found(part: Spoil['part']): Promise<Inspected[]> {
  await later()
  const place = { namePrefix: 'Contoso', subscriptionId: part === 'app' ? appSubscription : subscriptionIds[1] }
  const all = part === 'app' ? inspectApp(deployed, place) : inspectSlot(deployed, place, 1)
  return (await all).filter(({ lacks, unread }) => lacks.length > 0 || unread !== undefined)
}

describe('an inspection of what was deployed', () => {
  test.each(spoils)('finds $what in $part, and nothing else', async ({ part, code, on, spoil, isChoice }) => {
    const mend = spoil(world)
    const lacking = await found(part)
    mend()
    expect(lacking).toMatchObject([{ part, code, lacks: [{ on: expect.stringMatching(on) }] }])
    const [lack] = lacking[0]?.lacks ?? []
    expect(lack?.cure).toMatch(/\S/)
    expect(lack?.isChoice).toBe(isChoice)
    expect(JSON.stringify(lack)).not.toContain('secret')
  })

  test.each(wholes)('finds $what in $part', async ({ part, code, spoil }) => {
    const mend = spoil(world)
    const lacking = await found(part)
    mend()
    expect(lacking.map((each) => each.code)).toContain(code)
    expect(lacking.filter(({ unread }) => unread !== undefined)).toEqual([])
  })

  test('has a spoiled deployment for each of its checks', () => {
    const spoiled = [...spoils, ...wholes].map(({ part, code }) => `${part} ${code}`)
    const all = [...appChecks.map(({ code }) => `app ${code}`), ...slotChecks(1).map(({ code }) => `slot-1 ${code}`)]
    expect(all.filter((each) => !spoiled.includes(each))).toEqual([])
  })

  test('asks by the versions that templates deploy by', () => {
    const known = Object.entries(deployedVersions).filter(([type]) => type in predictedVersions)
    expect(known.length).toBeGreaterThan(12)
    expect(Object.fromEntries(known)).toEqual(
      Object.fromEntries(known.map(([type]) => [type, predictedVersions[type]]))
    )
  })
})
