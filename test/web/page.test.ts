import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeSetupRole } from '../../local/azure/setup-roles.ts'
import { expectToldInGuide } from '../docs/guide.ts'
import { alice, bob, useApp } from '../app/running-app.ts'
import { fabrikam } from '../app/requests.ts'
import {
  browserOf,
  chromiumPath,
  diary,
  expectAccessible,
  launch,
  picture,
  press,
  rewrite,
  sees,
  type
} from './browser.ts'

if (chromiumPath === undefined) {
  process.stderr.write(
    'SKIPPED: the tests of the operators’ page need Chromium. Install it: apt-get install -y chromium\n'
  )
}

const id = 'by-keyboard'
const patient = { timeout: 40_000 }

describe.skipIf(chromiumPath === undefined)('the operators’ page, in Chromium', () => {
  const app = useApp()
  const faults: string[] = []
  let browser: Browser
  let people: { alice: Page; bob: Page }
  let base: string

  beforeAll(async () => {
    base = `${await app.stage.host.ready}/api/ui`
    browser = await launch(chromiumPath ?? '')
    people = { alice: await pageOf({ upn: alice }), bob: await pageOf({ upn: bob, dark: true, width: 390 }) }
  }, 60_000)
  afterAll(async () => {
    mkdirSync('test-output', { recursive: true })
    writeFileSync('test-output/page-transcript.txt', diary.join('\n'))
    await browser?.close()
  })

  async function pageOf(person: Parameters<typeof browserOf>[1]): Promise<Page> {
    const context: BrowserContext = await browserOf(browser, person)
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('422'))
        faults.push(`${message.text()} ${message.location().url}`)
    })
    page.setDefaultTimeout(40_000)
    return page
  }

  /** Follows the link to the plan, and comes back. */
  async function reads(page: Page): Promise<void> {
    await press(page, `a[href="/api/ui/onboardings/${id}/plan"]`)
    await page.getByText('Know before you approve').waitFor()
    await expectAccessible(page)
    await press(page, `a[href="/api/ui/onboardings/${id}#tasks"]`)
    await page.locator('#tasks').waitFor()
  }

  const headline = (page: Page) => page.locator('#headline')
  const offer = 'Olga Officer <olga@fabrikam.com>'

  // Two people take one onboarding from plan to hand-off, by keyboard alone: each test goes on where the last one ended.
  test('the first person plans a request and starts it', async () => {
    const { alice: page } = people
    await page.goto(base)
    await expectAccessible(page)
    await sees(page)
    await press(page, 'a[href="/api/ui/new"]')
    await page.locator('#request').waitFor()
    await rewrite(page, '#request', '{"id": "by keyboard", "policies": []}')
    await press(page, '#go-plan')
    await page.getByText('Nothing was planned').waitFor()
    await sees(page)
    await expectAccessible(page)

    await rewrite(page, '#request', JSON.stringify(fabrikam({ id }), undefined, 2), 'the request')
    await press(page, '#go-plan')
    await page.getByText('Cannot be undone later').waitFor()
    await page.getByText('Microsoft’s answer at the latest (5 business days)').waitFor()
    await sees(page)
    await expectAccessible(page)
    await picture(page, '1-plan')
    await press(page, '#start-read', 'Space')
    await press(page, '#go-start')
    await page.locator('#form-offer-sharepoint').waitFor()
    await sees(page)
    await expect(headline(page).textContent()).resolves.toContain('an operator with a global administrator account')
  })

  test('an answer with faults comes back with what was typed', async () => {
    const { alice: page } = people
    await type(page, '#offer-sharepoint-requestId', 'FT 7')
    await type(page, '#offer-sharepoint-officers', offer)
    await press(page, '#go-offer-sharepoint')
    await page.locator('#faults-offer-sharepoint').waitFor()
    expect(await page.locator('#offer-sharepoint-requestId').inputValue()).toBe('FT 7')
    expect(await page.locator('#offer-sharepoint-officers').inputValue()).toBe(offer)
    expect(await page.locator('#offer-sharepoint-requestId').getAttribute('aria-invalid')).toBe('true')
    await expectAccessible(page)
  })

  test('the second person sees the list, opens the onboarding and follows it without a reload', async () => {
    const { alice: page, bob: other } = people
    await other.goto(base)
    await expectAccessible(other)
    await press(other, `a[href="/api/ui/onboardings/${id}"]`)
    await other.locator('#form-offer-sharepoint').waitFor()
    await sees(other)
    await expectAccessible(other)
    const loaded = await other.evaluate(() => performance.timeOrigin)

    await rewrite(page, '#offer-sharepoint-requestId', 'FT-7')
    await press(page, '#go-offer-sharepoint')
    await page.locator('#form-approve-slot-1').waitFor()

    await other.locator('#form-approve-slot-2').waitFor(patient)
    await sees(other)
    expect(await other.evaluate(() => performance.timeOrigin)).toBe(loaded)
    expect(await other.locator('#live-status').textContent()).toContain('bob@fabrikam.com')
    expect(await other.locator('#block-approve-slot-1').textContent()).toContain('Not yours to answer')
    await picture(page, '2-approvals')
    await picture(other, '3-approvals-dark-phone')
    await expectAccessible(page)
  })

  test('a form that somebody types in is left alone while the page changes around it', async () => {
    const { alice: page, bob: other } = people
    await press(other, '#cancel-summary')
    await type(other, '#cancel-reason', 'I am still thinking')

    await press(page, '#approve-slot-1-read', 'Space')
    await press(page, '#go-approve-slot-1')
    await page.getByText('alice@fabrikam.com was not shown this plan').first().waitFor()
    await reads(page)
    await press(page, '#approve-slot-1-read', 'Space')
    await press(page, '#go-approve-slot-1')
    await page.locator('#form-approve-slot-1').waitFor({ state: 'detached' })
    await other.getByText('approve-slot-1 by alice@fabrikam.com').first().waitFor(patient)
    expect(await other.locator('#cancel-reason').inputValue()).toBe('I am still thinking')
  })

  test('both approve, time passes, and both attest their offline copies', async () => {
    const { alice: page, bob: other } = people
    await other.reload()
    await other.locator('#form-approve-slot-2').waitFor()
    await reads(other)
    await press(other, '#approve-slot-2-read', 'Space')
    await press(other, '#go-approve-slot-2')
    await page.locator('#form-attest-offline-1').waitFor(patient)
    await sees(page)
    await expectAccessible(page)
    await picture(page, '4-offline-copies')
    await type(page, '#attest-offline-1-location', 'safe 1, headquarters')
    await press(page, '#go-attest-offline-1')
    await page.locator('#form-attest-offline-1').waitFor({ state: 'detached' })
    removeSetupRole(app.stage.azure.world, 1)
    await press(page, '#go-remove-setup-role-1')
    await other.locator('#form-attest-offline-2').waitFor(patient)
    await type(other, '#attest-offline-2-location', 'safe 2, branch office')
    await press(other, '#go-attest-offline-2')
    await other.locator('#form-attest-offline-2').waitFor({ state: 'detached' })
    removeSetupRole(app.stage.azure.world, 2)
    await press(other, '#go-remove-setup-role-2')
    await page.locator('#headline', { hasText: 'Done:' }).waitFor(patient)
    await other.locator('#headline', { hasText: 'Done:' }).waitFor(patient)
    await sees(page)
    await sees(other)
    await expectAccessible(page)
    await expectAccessible(other)
    await picture(page, '5-done')
    await picture(other, '6-done-dark-phone')
  }, 120_000)

  test('the hand-off is downloaded as it was written, and can be read and printed', async () => {
    const { alice: page } = people
    const download = page.waitForEvent('download')
    await press(page, 'a[href$="hand-off?format=md"]')
    const text = readFileSync(await (await download).path(), 'utf8')
    expect(text).toContain('# Customer Key for fabrikam.com')
    expect(text).toContain('Register-SPODataEncryptionPolicy')
    await page.goto(`${base.replace('/ui', '')}/onboardings/${id}/hand-off?format=html`)
    expect(await page.locator('h1').textContent()).toBe('Customer Key for fabrikam.com')
    expect(await page.locator('body').textContent()).not.toMatch(/\*\*|```/)
    await expectAccessible(page)
    await picture(page, '7-hand-off')
  })

  test('is told in the operator guide as it happened', () => {
    expectToldInGuide('page', diary)
  })

  test('evidence can be filtered by requirement and resource', async () => {
    const { alice: page } = people
    await page.goto(`${base}/onboardings/${id}/evidence`)
    const all = await page.locator('tbody tr').count()
    await type(page, '#requirement', 'r40')
    await press(page, '#go-filter')
    await page.waitForURL(/requirement=r40/)
    const some = await page.locator('tbody tr').count()
    expect(some).toBeGreaterThan(0)
    expect(some).toBeLessThan(all)
    expect(await page.locator('tbody th').allTextContents()).toEqual(
      Array.from({ length: some }, () => expect.stringMatching(/^R40 /))
    )
    await expectAccessible(page)
    await picture(page, '8-evidence')
  })

  test('every key is shown with its last change, its backup and the gap between, once a sweep has seen it', async () => {
    const { alice: page } = people
    await page.goto(`${base}/onboardings/${id}`)
    await app.stage.azure.clock.advance(11 * 60_000)
    await page.locator('#backups tbody tr').nth(1).waitFor(patient)
    const rows = await page.locator('#backups tbody tr').allTextContents()
    expect(rows).toEqual(
      [1, 2].map(() =>
        expect.stringMatching(
          /Fabri-CK-SP-EUR-VaultA[12]-Key001 in Fabri-CK-SP-EUR-VaultA[12]\n.*Nov.*\n.*Nov.*\n\d+ (s|min)/
        )
      )
    )
    await expectAccessible(page)
  })

  test('everything can be read without a script, on a phone', async () => {
    const page = await pageOf({ upn: bob, withoutScript: true, width: 390 })
    await page.goto(`${base}/onboardings/${id}`)
    for (const part of ['turn', 'tasks', 'findings', 'timeline', 'backups', 'downloads', 'log']) {
      expect(await page.locator(`#${part}`).isVisible(), part).toBe(true)
    }
    expect(await page.locator('#log').textContent()).toContain('approve-slot-2 by bob@fabrikam.com')
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await picture(page, '9-without-script-phone')
  })

  test('dates are shown in the onboarding’s zone and in the reader’s own', async () => {
    const { alice: page } = people
    await page.goto(`${base}/onboardings/${id}`)
    const started = await page.locator('#heading time').first().textContent()
    expect(started).toMatch(/^Mon 23 Nov 09:\d\d · Mon 23 Nov 18:\d\d your time$/)
  })

  test('another site’s form changes nothing', async () => {
    const { alice: page } = people
    const answer = await page.request.post(`${base}/start`, {
      headers: { 'sec-fetch-site': 'cross-site' },
      form: { request: '{}' }
    })
    expect(answer.status()).toBe(403)
  })

  test('no page had an error or asked for anything from elsewhere', () => {
    expect(faults).toEqual([])
  })
})
