import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { shellFor } from '../shell.ts'

/** A command line of somebody with a home folder of their own, and nothing else. */
function home() {
  const folder = mkdtempSync(join(tmpdir(), 'ckey-home-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, '.config', 'ckey', 'config.json')
  const withEnv = (env: Record<string, string>) => shellFor({ env: { HOME: folder, ...env } })
  const ckey = (...words: string[]) => withEnv({}).ckey(...words)
  return { file, withEnv, ckey }
}

/** Nothing listens on these: what `ckey list` could not reach is what it would have asked. */
const [one, two] = ['http://127.0.0.1:9', 'http://127.0.0.1:19']

test('the first profile holds until another is used; each can be named for once, by option or environment', async () => {
  const { ckey, withEnv } = home()
  expect((await ckey('profile', 'add', 'test', '--url', one, '--as', 'alice@contoso.com')).code).toBe(0)
  await ckey('profile', 'add', 'prod', '--url', two)
  const asked = async (...words: string[]): Promise<string> => (await ckey('list', ...words)).err
  expect(await asked()).toContain(`not reached at ${one}`)
  expect(await asked('--profile', 'prod')).toContain(`not reached at ${two}`)
  expect((await withEnv({ CKEY_PROFILE: 'prod' }).ckey('list')).err).toContain(two)
  await ckey('profile', 'use', 'prod')
  expect(await asked()).toContain(two)
  expect((await ckey('profile', 'list')).out).toBe(`  test  ${one} · as alice@contoso.com\n* prod  ${two}\n`)
})

test('an address that is given, or set in the environment, takes nothing from a profile', async () => {
  const { ckey, withEnv } = home()
  // --as is refused for an address that is not this machine's: it would show here if the profile's were taken.
  await ckey('profile', 'add', 'test', '--url', one, '--as', 'alice@contoso.com')
  for (const { err } of [
    await ckey('list', '--url', 'https://ckey.example'),
    await withEnv({ CKEY_URL: 'https://ckey.example' }).ckey('list')
  ])
    expect(err).toContain('Give --audience')
})

test('one that is removed holds no more, and one that is not there is said with those that are', async () => {
  const { ckey, file } = home()
  await ckey('profile', 'add', 'test', '--url', one)
  await ckey('profile', 'add', 'prod', '--url', two)
  await ckey('profile', 'remove', 'test')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ profiles: { prod: { url: two } } })
  for (const words of [
    ['list', '--profile', 'test'],
    ['profile', 'use', 'test'],
    ['profile', 'remove', 'test']
  ]) {
    const { code, err } = await ckey(...words)
    expect([code, err]).toEqual([2, expect.stringContaining('There is no profile test. There are prod')])
  }
  expect((await ckey('list', '--profile', 'constructor')).code).toBe(2)
})

test('a file or an address that cannot be used is told with every fault, and nothing is lost', async () => {
  const { ckey, file } = home()
  expect(await ckey('profile', 'add', 'test', '--url', 'contoso')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--url  is no address')
  })
  await ckey('profile', 'add', 'test', '--url', one)
  const broken = '{"profiles": {"a": {"url": "x"}, "b": {"url": "http://127.0.0.1:9", "token": "t"}}}'
  for (const [text, faults] of [
    [broken, ['profiles.a.url  is no address', 'profiles.b  Unrecognized key: "token"']],
    ['{', ['/  Invalid input']]
  ] as const) {
    writeFileSync(file, text)
    const { code, err } = await ckey('list')
    expect(code).toBe(2)
    for (const fault of faults) expect(err).toContain(fault)
    await ckey('profile', 'add', 'more', '--url', two)
    expect(readFileSync(file, 'utf8')).toBe(text)
  }
})
