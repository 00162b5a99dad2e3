import { expect, test } from 'vitest'
import { eml } from '../../../src/domain/mails/eml.ts'

const draft = { to: ['exock@microsoft.com'], subject: 'Customer Key for contoso.com', text: 'Hello,\n\nwe ask.\n' }

test('a mail is a draft: lines end in CRLF, an empty line stands before the text, and nobody has sent it yet', () => {
  const lines = eml(draft).split('\r\n')
  expect(lines).toContain('X-Unsent: 1')
  expect(lines).toContain('To: exock@microsoft.com')
  expect(lines).toContain('Subject: Customer Key for contoso.com')
  expect(lines.slice(lines.indexOf(''))).toEqual(['', 'Hello,', '', 'we ask.', ''])
  expect(lines.filter((line) => /^(From|Date|Cc):/.test(line))).toEqual([])
  expect(eml(draft)).not.toMatch(/[^\r]\n/)
})

test('who gets a copy is named', () => {
  expect(eml({ ...draft, cc: ['alice@contoso.com', 'bob@contoso.com'] })).toContain(
    '\r\nCc: alice@contoso.com, bob@contoso.com\r\n'
  )
})

test('a subject that is not ASCII is made of encoded words that any program puts together again', () => {
  const subject = 'Customer Key for contoso.com: Microsoft’s five business days are over · once more'
  const header = /\r\nSubject: ((?:.|\r\n )*)\r\nMIME/.exec(eml({ ...draft, subject }))?.[1] ?? ''
  const words = header.split('\r\n ')
  expect(words.filter((word) => !/^=\?utf-8\?B\?[A-Za-z0-9+/=]+\?=$/.test(word) || word.length > 75)).toEqual([])
  expect(words.map((word) => Buffer.from(word.slice('=?utf-8?B?'.length, -2), 'base64').toString()).join('')).toBe(
    subject
  )
})
