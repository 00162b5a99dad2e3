import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exampleList, exampleOnboarding } from '../../src/contracts/http/openapi-examples.ts'
import { listPage } from '../../src/web/list-page.ts'
import { onboardingPage } from '../../src/web/onboarding-page.ts'
import { styleSheet } from '../../src/triggers/pages/browser-files.ts'
import { browserOf, chromiumPath, launch, picture } from './browser.ts'

const reader = 'somebody.with.a.long.name@contoso-holding-international.onmicrosoft.com'
const frame = { reader, banner: 'REHEARSAL', roles: [] }
const organization = { ...exampleOnboarding.organization, domain: 'contoso-holding-international.onmicrosoft.com' }
const pages: readonly [string, string][] = [
  [
    'one onboarding',
    onboardingPage({ ...frame, party: 'alice@contoso.com', view: { ...exampleOnboarding, organization } })
  ],
  [
    'the list',
    listPage({
      ...frame,
      list: { items: exampleList.items.map((row) => ({ ...row, organization })) },
      status: undefined
    })
  ]
]

describe.skipIf(chromiumPath === undefined)('on the narrowest phone, with the longest domain', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch(chromiumPath ?? '')
  }, 60_000)
  afterAll(async () => browser?.close())

  test.each(pages)('%s fits without scrolling sideways, and cuts no day', async (name, document) => {
    const page = await (await browserOf(browser, { upn: 'bob@contoso.com', width: 320 })).newPage()
    await page.setContent(
      document
        .replace('</head>', `<style>${styleSheet()}</style></head>`)
        .replaceAll(/<(link rel="stylesheet"|script)[^>]*>/g, '')
    )
    await picture(page, `narrow-${name.replaceAll(' ', '-')}`)
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    const cut = await page.evaluate<string[]>(`[...document.querySelectorAll('.days li')]
      .filter((day) => getComputedStyle(day).overflowX !== 'visible' && day.scrollWidth > day.clientWidth).map((day) => day.textContent)`)
    expect(cut).toEqual([])
  })
})
