import { describe, expect, test } from 'vitest'
import { connectAzure } from '../../../src/azure/connect.ts'
import { readConfig } from '../../../src/config/read-config.ts'
import { chainsIn } from '../../../src/records/ledger/chains.ts'
import { entryDocument } from '../../../src/records/ledger/entry.ts'
import { putEntry, putRecord } from '../../app/records.ts'
import { another, fabrikam } from '../../app/requests.ts'
import { alice, bob, refused, useApp } from '../../app/running-app.ts'

const app = useApp({}, fabrikam(), { forges: true })

test('a stored document that cannot be read is told as what it is', async () => {
  const id = 'torn'
  await app.start(fabrikam({ id }))
  await app.until(id, (view) => view.step === 'offers')
  await putRecord(`${id}/hand-off.json`, '{"format": 7')

  const asked = await app.ask(`/api/onboardings/${id}/hand-off?format=json`, { actor: bob })
  expect(asked).toMatchObject(refused(500, { title: 'A stored document cannot be read' }))
  expect(asked.text).toMatch(/torn\/hand-off\.json.*Restore it from the store's versions/)
})

const storeOfApp = () => connectAzure(readConfig(process.env)).app.store

/** What a release to come may add to a chain: an entry behind its newest one, linked to it, that this release has no word for. */
const ofANewerRelease = {
  'an entry of an unknown kind': (text: string) => text.replace('"kind":"begun"', '"kind":"handed-on"'),
  'an entry of a later format': (text: string) => text.replace('"format":1', '"format":2')
}

describe.each(Object.entries(ofANewerRelease))('%s of a newer release in a ledger', (name, change) => {
  const tenant = { 'an entry of an unknown kind': '7', 'an entry of a later format': '8' }[name] ?? ''
  const [newer, beside] = [`newer-${tenant}`, `beside-${tenant}`]
  const chain = `onboarding.${newer}`
  const lines = () => app.stage.lines.map(({ message }) => message)

  test('stops that onboarding alone: nothing is added to it, it is told once, and all others are looked after', async () => {
    await app.start(another(newer, `11111111-2222-4333-8444-00000000000${tenant}`))
    await app.start(another(beside, `11111111-2222-4333-8444-10000000000${tenant}`))
    for (const id of [newer, beside]) await app.until(id, (view) => view.findings.length > 0)
    const entries = await chainsIn(storeOfApp()).read(chain)
    const { bytes } = entryDocument(entries.at(-1), { kind: 'begun', id: 'begun.2', generation: 2 })
    await putEntry(chain, entries.length + 1, change(new TextDecoder().decode(bytes)))
    await app.stage.hub.fail(`onboarding.${beside}`)
    for (let tick = 0; tick < 3; tick += 1) await app.stage.azure.clock.advance(60_000)

    await expect.poll(() => app.stage.hub.status(`onboarding.${beside}.g2`), { timeout: 20_000 }).toBe('Running')
    expect(app.stage.hub.ids(chain)).toEqual([chain])
    const told = lines().filter((line) => line.startsWith('finding ') && line.endsWith(`resource=${chain}`))
    expect(told).toEqual([`finding code=stopped-newer-release resource=${chain}`])
    const names = (await storeOfApp().list('ledger', `${chain}/`)).value
    expect(names).toHaveLength(entries.length + 1)
  })

  test('is told to whoever asks for it, and takes no answer; the list shows it, and the others', async () => {
    const asked = await app.ask(`/api/onboardings/${newer}`, { actor: alice })
    expect(asked).toMatchObject(refused(500, { title: 'A stored document cannot be read' }))
    expect(asked.text).toMatch(/a newer release of this app wrote it/)
    expect((await app.answer(newer, 'cancel', alice, { reason: 'we go back' })).status).toBe(500)
    const list = await app.ask('/api/onboardings', { actor: alice })
    const { items } = list.body as { items: { id: string; waitingOn: string }[] }
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([newer, beside]))
    expect(items.find(({ id }) => id === newer)).toMatchObject({ waitingOn: 'people' })
  })
})
