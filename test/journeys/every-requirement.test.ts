import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { eventSubscriptions } from '../../local/azure/eventgrid/topic-record.ts'
import { groups } from '../../local/azure/graph/groups.ts'
import { giveSetupRolesAgain } from '../../local/azure/setup-roles.ts'
import { userId } from '../../local/azure/seed-people.ts'
import type { OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, useApp } from '../app/running-app.ts'
import { operatorFor } from '../app/people.ts'
import { sweepOnce } from './kept-vault.ts'
import {
  afterHandOff,
  againRules,
  keepers,
  makingRules,
  preflightRules,
  registrationRules,
  verificationRules,
  type BrokenRule
} from './broken-rules.ts'

// One onboarding is led through every rule: each is broken in its turn, found alone, and cured before the next.
const app = useApp()
const id = 'every-requirement'
const { subscriptions, ...rest } = fabrikam({ id })
const request = {
  ...rest,
  subscriptions: subscriptions.map((each) =>
    each.slot === 2 ? { ...each, operators: [...each.operators, keepers] } : each
  )
}

beforeAll(() => {
  const members = [userId(request.organization.tenantId, 'carol@fabrikam.com')]
  groups(app.stage.azure.world).set(keepers, { id: keepers, displayName: 'Key keepers', members })
})

/** What makes the run look at the next rule: a person's answer, or the start. */
let goOn: () => Promise<void> = async () => {
  expect((await app.start(request)).status).toBe(202)
}

const answered = async (task: string, actor: string, answer: unknown): Promise<void> =>
  expect(await app.answer(id, task, actor, answer)).toMatchObject({ status: 202 })

const slow = { timeout: 180_000 }

/** The check that says yes to everything: only its rules are played then, and those without which the story does not go on. */
const muted = process.env['CKEY_MUTED']
const isOf = (check: string, code = ''): boolean => code.startsWith(`${check}-`)
const isPlayed = ({ code, also, needed }: BrokenRule): boolean =>
  muted === undefined || needed === true || isOf(muted, code) || isOf(muted, also)

const codesOf = ({ findings }: OnboardingView): string[] => findings.map(({ code }) => code)

/** A day passes in some of these, and a busy machine takes its time over it. */
async function untilBusy(isSo: (view: OnboardingView) => boolean): Promise<OnboardingView> {
  for (let tries = 3; ; tries--) {
    try {
      return await app.until(id, isSo)
    } catch (error) {
      if (tries === 1) throw error
    }
  }
}

/** Who waits for what nobody finds any more need not wait for long: only until the app stands still. */
async function untilFound(isSo: (view: OnboardingView) => boolean): Promise<OnboardingView> {
  const { clock } = app.stage.azure
  for (let [last, since] = ['', 0]; ; ) {
    const view = await app.view(id)
    if (isSo(view)) return view
    const seen = JSON.stringify(view)
    if (seen !== last || clock.stillReports < since) [last, since] = [seen, clock.stillReports]
    if (clock.stillReports > since + 20) throw new Error(`It went on: ${seen}`)
    await sleep(20)
  }
}

/** When the last finding was asked about: the next one may be of the same code. */
let lastAsked: string | undefined

async function pausesUntilCured(rule: BrokenRule): Promise<void> {
  const cure = rule.spoil(app.stage.azure)
  await goOn()
  const askedAt = (view: OnboardingView) => view.tasks.find(({ name }) => name === `retry-${rule.code}`)?.since
  const isNew = (view: OnboardingView) => codesOf(view).includes(rule.code) && askedAt(view) !== lastAsked
  const seen = await (muted === undefined ? untilBusy : untilFound)(isNew)
  lastAsked = askedAt(seen)
  const { findings, tasks, status } = seen
  expect(status).toBe('running')
  expect(findings.map(({ code, requirement }) => [code, requirement])).toEqual([
    [rule.code, rule.requirement],
    ...(rule.also === undefined ? [] : [[rule.also, rule.alsoOf ?? rule.requirement]])
  ])
  expect(findings[0]?.remedy).toMatch(/\w.*\.$/)
  expect(tasks.map(({ name }) => name)).toContain(`retry-${rule.code}`)
  cure()
  goOn = () =>
    rule.answer === 'override'
      ? answered(`override-${rule.code}`, operatorFor(rule.code), { reason: 'Cured as the remedy says' })
      : answered(`retry-${rule.code}`, operatorFor(rule.code), {})
}

function pausesAt(rule: BrokenRule): void {
  test.skipIf(!isPlayed(rule))(`${rule.requirement}: ${rule.code}`, slow, () => pausesUntilCured(rule))
}

describe('preflight pauses on exactly the rule that is broken', () => {
  for (const rule of preflightRules) pausesAt(rule)

  test('and goes on to the offers once all are cured', async () => {
    await goOn()
    await app.until(id, (view) => view.step === 'offers')
    const officers = [{ name: 'Olga Officer', email: 'olga@fabrikam.com' }]
    await answered('offer-sharepoint', alice, {
      requestId: 'FT-1',
      officers,
      signedInAs: 'admin@fabrikam.com',
      chosenOffer: 'Request encryption key help for SharePoint and OneDrive for Business'
    })
    const { tasks } = await app.until(id, (view) => view.step === 'approvals')
    expect(tasks.map(({ name }) => name)).toEqual(expect.arrayContaining(['approve-slot-1', 'approve-slot-2']))
    const unread = await app.ask('/api/onboardings', {
      method: 'POST',
      actor: alice,
      body: { ...request, id: 'another' }
    })
    expect(unread.status).toBe(409)
    const { planDigest } = (await app.ask(`/api/onboardings/${id}`, { actor: alice })).body as { planDigest: string }
    await app.stage.azure.clock.advance(2 * 3_600_000) // so many mails of findings use up the hour of the mail service
    await answered('approve-slot-1', alice, { planDigest })
    goOn = () => answered('approve-slot-2', bob, { planDigest })
  })
})

describe('registration, mail and the wait pause on exactly the rule that is broken', () => {
  for (const rule of registrationRules) pausesAt(rule)
})

describe('making vaults and keys pauses the branch of the vault alone', () => {
  for (const rule of makingRules) pausesAt(rule)

  test('and goes on to the offline copies once all are cured', async () => {
    await goOn()
    await app.until(id, (view) => view.step === 'attestations')
    // The deleted vault is back, in what the plan asks of it alone: a recovery heeds nothing else in its request.
    const recovered = vaults(app.stage.azure.world).get('fabri-ck-sp-eur-vaulta1')
    expect(recovered).toMatchObject({
      createdAt: '2026-10-01T00:00:00.000Z',
      tags: { 'customer-key-onboarding': id, team: 'keys' },
      properties: { sku: { name: 'premium' }, enablePurgeProtection: true }
    })
    // Its event subscription, which a recovery loses, was made again.
    const events = eventSubscriptions(app.stage.azure.world)
      .values()
      .map(({ source }) => source.split('/').at(-1))
    expect(events.toSorted()).toEqual(['Fabri-CK-SP-EUR-VaultA1', 'Fabri-CK-SP-EUR-VaultA2'])
    await answered('attest-offline-1', alice, { location: 'safe 1' })
    await answered('remove-setup-role-1', alice, {})
    await answered('remove-setup-role-2', bob, {})
    goOn = () => answered('attest-offline-2', bob, { location: 'safe 2' })
  })
})

describe('verification pauses on exactly the rule that is broken', () => {
  for (const rule of [...againRules, ...verificationRules]) pausesAt(rule)

  test('and the onboarding completes once all are cured', async () => {
    await goOn()
    const { findings, steps, handOff } = await app.until(id, (view) => view.status === 'completed')
    expect(findings).toEqual([])
    expect(handOff).not.toBeNull()
    expect(steps.find(({ title }) => title === 'Handed off')?.detail).toMatch(/, 0 not proved$/)
  })

  test('and from then on each sweep tells what of it holds no longer', slow, async () => {
    expect((await sweepOnce(app)).findings).toEqual([])
    for (const { code, spoil, also } of afterHandOff.filter(isPlayed)) {
      const cure = spoil(app.stage.azure)
      const { findings } = await sweepOnce(app)
      expect(findings.map((finding) => finding.code)).toEqual([code, ...(also === undefined ? [] : [also])])
      expect(findings.map(({ remedy }) => remedy).join(' ')).not.toMatch(/=adopted/) // an onboarding made them all
      cure()
    }
  })

  test(
    'but the set-up roles are held rightly while another onboarding goes on in the same subscriptions',
    slow,
    async () => {
      const { world, seed } = app.stage.azure
      const codes = async () =>
        (await sweepOnce(app)).findings.flatMap(({ code }) => (/^setup-role/.test(code) ? [code] : []))
      giveSetupRolesAgain(world, seed)
      expect(await codes()).toEqual(['setup-role-removed-slot-1', 'setup-role-removed-slot-2'])
      const another = { ...request, id: 'another-policy', policies: [{ workload: 'exchange' as const, scope: 'EUR' }] }
      expect((await app.start(another)).status).toBe(202)
      expect(await codes()).toEqual([])
      await app.end(another.id)
    }
  )
})
