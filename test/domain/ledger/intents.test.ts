import { expect, test } from 'vitest'
import { isAboutTo } from '../../../src/domain/ledger/intents.ts'
import { mailsLostAfterEnd } from '../../../src/domain/ledger/lost-mails.ts'
import type { Saying } from '../../../src/domain/ledger/entry.ts'
import { answer, chainOf, closed, intent, momentOf, outcome, verdict } from './chain-of.ts'

const mail = 'mail-exchange'
test.for([
  ['was intended', [intent(mail)], true],
  ['was held back', [intent(mail), outcome(mail, 'held')], true],
  ['was held back once and done then', [intent(mail), outcome(mail, 'held'), outcome(mail, 'done')], false],
  ['was done', [intent(mail), outcome(mail, 'done')], false],
  ['was refused', [intent(mail), outcome(mail, 'refused')], false],
  ['is another', [intent('register')], false],
  ['is another, and this one is over', [intent(mail), outcome(mail, 'done'), intent('register')], false],
  ['comes beside what is over', [intent('register'), outcome('register', 'done'), intent(mail)], true],
  ['is halted', [intent(mail), answer('h', 'halt'), verdict('h', 'taken')], false],
  ['was never said', [], false]
] as [string, Saying[], boolean][])('somebody is about to do what %s: %j', ([, said, expected]) => {
  expect(isAboutTo(chainOf(...said), [mail])).toBe(expected)
})

test('mails that did not arrive are lost for the story that had ended before, each with its moment', () => {
  const failed = (letter: string): Saying => ({
    kind: 'failed-mail',
    id: `failed.${letter}`,
    letter,
    why: { name: 'why', sha256: 'digest' }
  })
  expect(mailsLostAfterEnd(chainOf(failed('early'), closed, failed('late'), failed('later')))).toEqual([
    { letter: 'late', at: momentOf(3) },
    { letter: 'later', at: momentOf(4) }
  ])
  expect(mailsLostAfterEnd(chainOf(failed('early')))).toEqual([])
})
