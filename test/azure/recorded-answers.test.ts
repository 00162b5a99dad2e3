import { expect, test } from 'vitest'
import { answers, type AnswerName } from '../../src/azure/answers/answers.ts'
import { recorded, type Pair } from '../contract/recordings/recorded.ts'
import { answersOf } from './recorded-answers.ts'

const isRead = (name: string): name is AnswerName => name in answers

/** The answers with a body of JSON that the app hears, too; the Blob service's are read by its client. */
const heard = recorded.pairs.flatMap((pair) => {
  const [service, name = ''] = pair.operation.replace('getBuiltIn', 'get').split(' ')
  const isJson = service !== 'storage' && Object.keys(pair.body).length > 0
  return isJson && pair.status < 300 && isRead(name) ? [{ name, pair }] : []
})

/** What the app does not hear so: each of them is refused still. */
const unheard: readonly (readonly [of: RegExp, because: string])[] = [
  [/^arm subscriptions\.get 2016-06-01 .*\/tenantId/, 'the version that the app asks for has the tenant'],
  [
    /^graph users\.\w+ .*\/accountEnabled/,
    'recorded where nothing was selected; the app selects it, as it must know it'
  ]
]

test('what was recorded of Azure is read, with all that was there, with little of it, and with its nulls', () => {
  expect(heard.length).toBeGreaterThan(80)
  const refused = heard.flatMap(({ name, pair }) =>
    answersOf(pair).flatMap(({ how, answer }) => {
      const { error } = answers[name].safeParse(answer)
      return error?.issues.map(({ path, message }) => `${title(pair)} ${how}: /${path.join('/')} ${message}`) ?? []
    })
  )
  expect(refused.filter((each) => !unheard.some(([of]) => of.test(each)))).toEqual([])
  expect(unheard.filter(([of]) => !refused.some((each) => of.test(each)))).toEqual([])
})

const title = ({ operation, version, status }: Pair): string => `${operation} ${version} ${String(status)}`
