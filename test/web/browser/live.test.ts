import type { Browser, JSHandle, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { liveScript } from '../../../src/triggers/pages/browser-files.ts'
import type * as Live from '../../../src/web/browser/live.ts'
import { momentIn, pageOf, placeOfNow } from '../../../src/web/browser/live.ts'
import { chromiumPath, launch } from '../browser.ts'

test('a moment is shown as the clock of a zone has it, across midnight and a change of clocks', () => {
  const moment = new Date('2026-11-23T23:30:00Z')
  expect(momentIn('America/Los_Angeles', moment)).toBe('Mon 23 Nov 15:30')
  expect(momentIn('Asia/Tokyo', moment)).toBe('Tue 24 Nov 08:30')
  expect(momentIn('Europe/Berlin', new Date('2026-07-01T10:00:00Z'))).toBe('Wed 1 Jul 12:00')
})

test('the now-line stays on its chart, however early or late it is', () => {
  expect([-50, 0, 25, 100, 400].map((now) => placeOfNow(now, 0, 100))).toEqual([0, 0, 250, 996, 996])
})

test('what follows changes is the onboarding’s page, also where an answer came back with its faults', () => {
  expect(pageOf('http://app/api/ui/onboardings/eur/tasks/cancel')).toBe('http://app/api/ui/onboardings/eur')
  expect(pageOf('http://app/api/ui/onboardings/eur')).toBe('http://app/api/ui/onboardings/eur')
})

const site = 'http://127.0.0.1'
const address = `${site}/api/ui/onboardings/eur`

describe.skipIf(chromiumPath === undefined)('in Chromium', () => {
  let browser: Browser
  let page: Page
  let live: JSHandle<typeof Live>

  beforeAll(async () => {
    browser = await launch(chromiumPath ?? '')
  })
  afterAll(async () => browser?.close())
  beforeEach(async () => {
    const context = await browser.newContext({ timezoneId: 'Europe/Berlin' })
    page = await context.newPage()
    await page.route(`${site}/live.js`, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: liveScript() })
    )
    await show('')
  })
  afterEach(async () => page.context().close())

  /** A page with these sections, and the script beside it. */
  async function show(sections: string, main = '<main>'): Promise<void> {
    const body = `<title>t</title><p id="live-status"></p>${main}${sections}</main>`
    await page.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }))
    await page.goto(address)
    await page.unroute(address)
    live = await page.evaluateHandle<typeof Live>(`import('/live.js')`)
  }

  const put = (fresh: string): Promise<boolean> =>
    live.evaluate(({ put: into }, text) => {
      const section = document.querySelector('#s')
      const next = new DOMParser().parseFromString(text, 'text/html').querySelector('#s')
      return section !== null && next !== null && into(section, next, new Map([['s', '']]))
    }, fresh)

  test('a moment of another zone gets the reader’s own time, one of the reader’s zone does not', async () => {
    await show(`${timeIn('America/Los_Angeles')}${timeIn('Europe/Vienna')}<time datetime="2026-11-23">today</time>`)
    const times = page.locator('time')
    expect(await times.allTextContents()).toEqual(['then · Mon 23 Nov 18:00 your time', 'then', 'today'])
    expect(await times.first().getAttribute('title')).toBe('Mon 23 Nov 18:00 (Europe/Berlin)')
  })

  test('the now-line and today move with the clock, by the days of the page’s zone', async () => {
    const day = (date: string): string => `<li data-day="${date}" class="today" aria-current="date">${date}</li>`
    const from = Date.parse('2026-11-24T00:00:00Z')
    await show(`<section id="s">${timeIn('America/Los_Angeles')}${day('2026-11-23')}${day('2026-11-24')}
      <svg data-from="${from}" data-to="${from + 1000}"><rect class="f-now" x="0"/></svg></section>`)
    await live.evaluate(({ moveNow }, now) => moveNow(document, now), from + 500) // still the 23rd in Redmond
    expect(await page.locator('.f-now').getAttribute('x')).toBe('500')
    expect(await page.locator('.today').allTextContents()).toEqual(['2026-11-23'])
    expect(await page.locator('[aria-current]').allTextContents()).toEqual(['2026-11-23'])
  })

  test.each([
    ['nothing was touched', '<input value="a"><input type="hidden" value="b">', '', false],
    ['a field has the focus', '<input id="f">', 'focus', true],
    ['a text was typed', '<textarea id="f">a</textarea>', 'type', true],
    ['a box was ticked', '<input type="checkbox" id="f">', 'tick', true],
    ['its faults came back', '<div class="faults">mend this</div>', '', true]
  ])('a section is busy or not where %s', async (_, fields, deed, expected) => {
    await show(`<section id="s">${fields}</section>`)
    if (deed === 'focus') await page.locator('#f').focus()
    if (deed === 'type') await page.evaluate(() => document.querySelector('textarea')?.setRangeText('more'))
    if (deed === 'tick') await page.evaluate(() => document.querySelector('input')?.click())
    expect(await live.evaluate(({ busy }) => busy(document.querySelector('#s') ?? document.body))).toBe(expected)
  })

  test('a section is filled anew, and keeps what is open and who has the focus', async () => {
    const section = (text: string): string =>
      `<section id="s" class="${text}"><details id="d"><summary id="more">${text}</summary></details></section>`
    await show(section('old'))
    await page.locator('#more').click()
    expect(await put(section('new'))).toBe(true)
    expect(await page.locator('#s').getAttribute('class')).toBe('new fresh')
    expect(await page.locator('details[open]').textContent()).toBe('new')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('more')
  })

  test('a section that somebody types in waits, unless its form is asked no longer', async () => {
    await show('<section id="s"><form id="form-a"><input id="a"></form></section>')
    await page.locator('#a').fill('half an answer')
    expect(await put('<section id="s"><form id="form-a"></form><p>news</p></section>')).toBe(false)
    expect(await page.locator('#a').inputValue()).toBe('half an answer')
    expect(await put('<section id="s"><p>answered by another</p></section>')).toBe(true)
    expect(await page.locator('#s').textContent()).toBe('answered by another')
  })

  test('of a newer page only what differs is put in, and a new headline is said aloud', async () => {
    await show('<p id="headline">Wait</p><section id="s">same</section>')
    const news = '<title>newer</title><main><p id="headline">Your turn</p><section id="s">same</section></main>'
    const told = await live.evaluate(({ merge }, text) => merge(text, new Map([['s', 'same']])), news)
    expect(told).toBe(true)
    expect(await page.title()).toBe('newer')
    expect(await page.locator('#live-status').textContent()).toBe('Your turn')
    expect(await page.locator('.fresh').allTextContents()).toEqual(['Your turn'])
  })

  const idle = { etag: '"1"', pause: 4000, over: false }
  const look = (round: Live.Followed): Promise<Live.Followed> =>
    live.evaluate(({ look: once }, [url, so]) => once(url, so, new Map()), [address, round] as const)

  test('asks first at once and then held, and remembers what it has shown', async () => {
    await show('<p id="headline">Wait</p>')
    const held: (string | undefined)[] = []
    await page.route(address, (route) => {
      held.push(route.request().headers()['prefer'])
      return route.fulfill({ headers: { etag: '"2"' }, body: '<main><p id="headline">Go</p></main>' })
    })
    const first = await look({ ...idle, etag: '' })
    expect(await look(first)).toEqual({ etag: '"2"', pause: 1000, over: false })
    expect(held).toEqual([undefined, 'wait=20'])
    expect(await page.locator('#headline').textContent()).toBe('Go')
  })

  test.each([
    ['nothing is new: it asks again soon', { status: 304 }, { ...idle, pause: 1000 }],
    ['the app is ill: it asks later', { status: 503 }, { ...idle, pause: 8000 }],
    ['the reader is signed out: it asks no more', { status: 401 }, { ...idle, pause: 8000, over: true }]
  ])('%s', async (_, answer, expected) => {
    await page.route(address, (route) => route.fulfill(answer))
    expect(await look(idle)).toEqual(expected)
  })

  test('an app that does not answer is asked later, half a minute apart at most', async () => {
    await page.route(address, (route) => route.abort())
    expect(await look({ ...idle, pause: 20_000 })).toEqual({ ...idle, pause: 30_000 })
  })

  test('a page that follows changes asks for itself, one that does not never does', async () => {
    let asked = 0
    page.on('request', (request) => void (request.url() === address && asked++))
    await show('<p id="headline">Wait</p>')
    await page.waitForTimeout(200)
    expect(asked).toBe(1) // to be shown
    const again = page.waitForRequest((request) => request.url() === address && request.resourceType() === 'fetch')
    await show('<p id="headline">Wait</p>', '<main data-live>')
    await again
  })
})

const timeIn = (zone: string): string => `<time data-zone="${zone}" datetime="2026-11-23T17:00:00Z">then</time>`
