import { expect, test } from 'vitest'
import { byHand, meaning } from '../../src/web/finding-section.ts'

const finding = { check: 'vault-premium', code: 'vault-premium-some-vault', resource: 'some-vault' }

test('a finding says what it means, with commands and settings marked', () => {
  expect(meaning(finding).html).toMatch(/^<p>The vault is not Premium.*<code>purpose: &quot;test&quot;<\/code>/)
})

test('how to look by hand names what the finding is about, and what follows stands with it', () => {
  const { html } = byHand(finding)
  expect(html).toContain('<details id="look-vault-premium-some-vault">')
  expect(html).toContain('<pre tabindex="0">az keyvault show --name some-vault --query properties.sku.name</pre>')
  expect(html).toContain('<code>ckey retry ID</code>')
})

test('a finding of a check that is no more has no such part', () => {
  expect([meaning, byHand].map((part) => part({ ...finding, check: 'of-old' }).html)).toEqual(['', ''])
})
