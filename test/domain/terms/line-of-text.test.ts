import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isReadable, lineOfText, saidLength } from '../../../src/domain/terms/line-of-text.ts'
import { quoted } from '../../../src/domain/terms/fault.ts'
import { unreadable } from './unreadable-signs.ts'

describe('a line of text', () => {
  const line = lineOfText(40)

  test('is what people write, in whatever script, without what stands around it', () => {
    const names = [
      'Olga Officer',
      'Łukasz Żółć',
      '山田 太郎',
      'محمد علی',
      'נועה',
      'ณัฐพล',
      'अनुष्का',
      'می\u200cخواهم',
      '👩\u200d🚒 Ann',
      'Safe 3 | Reno',
      '✔\ufe0f'
    ]
    for (const name of names) expect(line.parse(`  ${name}\u00a0`)).toBe(name)
  })

  test.for(unreadable)('has no %j within', (sign) => {
    expect(line.safeParse(`Olga${sign}Officer`).success).toBe(false)
    expect(isReadable(`Olga${sign}`)).toBe(false)
  })

  test('shows something, and is no longer than it may be', () => {
    const nothing = [
      '',
      ' ',
      '\u200b'.repeat(10),
      '\u200d'.repeat(10),
      '\u2800\u2800',
      '\ufe0f',
      '\u0301',
      '\u3164',
      '\u00a0\u2003'
    ]
    for (const text of nothing) expect([text, line.safeParse(text).success]).toEqual([text, false])
    expect(line.safeParse('x'.repeat(41)).success).toBe(false)
  })

  test('is refused in words that show every sign by its code, and turn no reader’s text', () => {
    expect(quoted('Olga\u202eOfficer\u200b')).toBe(String.raw`"Olga\u{202e}Officer\u{200b}"`)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const shown = line.safeParse(text).error?.issues[0]?.message ?? quoted(text)
        expect(shown.replaceAll('…', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cn}\p{Zl}\p{Zp}]/u)
      })
    )
  })

  test('counts as long as it says something', () => {
    expect(saidLength('a        b')).toBe(3)
    expect(saidLength('a\u200d\u200db')).toBe(2)
    expect(saidLength('Left us 🔑')).toBe(9)
  })
})
