import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { expect } from 'vitest'

const candidates = [
  process.env['CKEY_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome'
]

/** Debian's Chromium, or another that the machine has; undefined where it has none. */
export const chromiumPath = candidates.find((path) => path !== undefined && path !== '' && existsSync(path))

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })

export interface Person {
  /** Who the platform says they are. */
  readonly upn: string
  readonly dark?: boolean
  readonly width?: number
  readonly withoutScript?: boolean
}

/** A browser of one person. It may reach the app and nothing else. */
export async function browserOf(browser: Browser, person: Person): Promise<BrowserContext> {
  const { upn, dark = false, width = 1280, withoutScript = false } = person
  const context = await browser.newContext({
    extraHTTPHeaders: { 'x-local-user': upn },
    colorScheme: dark ? 'dark' : 'light',
    viewport: { width, height: 900 },
    javaScriptEnabled: !withoutScript,
    timezoneId: 'Europe/Berlin',
    acceptDownloads: true
  })
  readers.set(context, upn.split('@')[0] ?? upn)
  await context.route(/^(?!http:\/\/127\.0\.0\.1[:/])/, (route) => {
    throw new Error(`The page asked for ${route.request().url()}.`)
  })
  return context
}

const shots = join(import.meta.dirname, '..', '..', 'test-output', 'page')

/** Keeps a picture of the whole page beside the test's other output. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
}

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** Asks axe for violations of WCAG 2.2 AA; there are none. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source) // from outside: the page's own policy lets no foreign script in
  const violations = await page.evaluate(async () => {
    const there = globalThis as unknown as { axe: Axe } // the script above put it there
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations: found } = await there.axe.run({ runOnly: { type: 'tag', values: tags } })
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160))
          .join(' | ')}`
    )
  })
  expect(violations).toEqual([])
}

const readers = new WeakMap<BrowserContext, string>()

/** What people did and saw, for docs/operator-guide.md. */
export const diary: string[] = []

function note(page: Page, what: string): void {
  diary.push(`${(readers.get(page.context()) ?? '').padEnd(5)}  ${what}`)
}

/** Notes what stands first on the page. */
export async function sees(page: Page): Promise<void> {
  note(page, `sees “${await page.locator('#headline, h1').last().innerText()}”`)
}

const labelOfFocus = (page: Page): Promise<string> =>
  page.evaluate<string>(`(() => {
  const { labels, textContent } = document.activeElement
  return (labels?.[0] ?? { textContent }).textContent.replace(/\\s+/g, ' ').trim()
})()`)

/** Moves with Tab alone until the element has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    if (await page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${selector}.`)
}

/** Goes to a field by Tab and types. */
export async function type(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector)
  note(page, `Tab to “${await labelOfFocus(page)}”, types ${text}`)
  await page.keyboard.type(text)
}

/** Goes to a field by Tab and writes over all that is in it; long text is noted as `what`. */
export async function rewrite(page: Page, selector: string, text: string, what = text): Promise<void> {
  await tabTo(page, selector)
  note(page, `Tab to “${await labelOfFocus(page)}”, selects all, writes ${what}`)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
}

/** Goes to a button, link or box by Tab and presses it. */
export async function press(page: Page, selector: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, selector)
  note(page, `Tab to “${await labelOfFocus(page)}”, ${key}`)
  await page.keyboard.press(key)
}
