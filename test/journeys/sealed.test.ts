import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { setStage } from '../../local/rehearsal/stage.ts'
import { reportOf, requestFile, startRehearsal, temporaryFolder } from './rehearsal-process.ts'
import { oneWorkload } from './requests.ts'

test('inside the host every way out of the machine ends at the proxy, whatever the environment of its parent says', async () => {
  const astray = {
    HTTPS_PROXY: 'http://198.51.100.7:3128',
    https_proxy: 'http://198.51.100.7:3128',
    NO_PROXY: '*',
    no_proxy: '*',
    ALL_PROXY: 'socks5://198.51.100.7',
    AZURE_CLIENT_SECRET: 'secret',
    AZURE_TENANT_ID: 'another',
    IDENTITY_ENDPOINT: 'http://198.51.100.7/',
    CKEY_MAIL_SENDER: 'a@b.cc',
    NODE_OPTIONS: '--no-warnings',
    NODE_EXTRA_CA_CERTS: '/dev/null'
  }
  const before = Object.fromEntries(Object.keys(astray).map((name) => [name, process.env[name]]))
  Object.assign(process.env, astray)
  onTestFinished(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
  const stage = await setStage({
    request: oneWorkload(),
    keep: undefined,
    port: 0,
    microsoft: { approveAfterBusinessDays: 4 },
    clock: { mode: 'real' },
    app: join('test', 'journeys', 'apps', 'way-out.ts')
  })
  onTestFinished(() => stage.strike())
  const { azure } = stage
  const { environment, answers } = (await stage.api.get('way-out')).body as WayOut

  expect(environment).toMatchObject({
    HTTPS_PROXY: azure.hostEnvironment['HTTPS_PROXY'],
    NO_PROXY: '127.0.0.1,localhost'
  })
  expect(Object.entries(astray).filter(([name, value]) => environment[name] === value)).toEqual([])
  expect(
    Object.keys(environment)
      .filter((name) => /^(https?_proxy|no_proxy|all_proxy|azure_|node_options)/i.test(name))
      .sort()
  ).toEqual(
    Object.keys(azure.hostEnvironment)
      .filter((name) => /^(https?_proxy|no_proxy|all_proxy|azure_)/i.test(name))
      .sort()
  )
  expect(answers.client).toEqual(['403', '403', '403'])
  expect([...answers.fetch, ...answers.plain].filter((answer) => /^\d+$/.test(answer))).toEqual([])
  const asked = ['example.com:443', 'login.windows.net:443', 'management.azure.com.example.com:443']
  const refused = azure.journal
    .entries()
    .filter((entry) => entry.service === 'proxy')
    .map((entry) => entry.host)
  expect(refused.sort()).toEqual([...asked, ...asked, 'example.com:80'].sort())
}, 120_000)

interface WayOut {
  readonly environment: Readonly<Record<string, string>>
  /** What asking for places outside came to: a status, or why there was none. */
  readonly answers: Readonly<Record<'client' | 'fetch' | 'plain', readonly string[]>>
}

// A network of its own that holds the loopback alone: whatever tries to leave it fails.
const isolated = ['unshare', '--map-root-user', '--net', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"']
const canIsolate = spawnSync(isolated[0] ?? '', [...isolated.slice(1), 'true']).status === 0
if (!canIsolate)
  process.stderr.write(
    'SKIPPED LOUDLY: this machine cannot make a network namespace, so no rehearsal without a network was tried.\n'
  )

test.skipIf(!canIsolate)(
  'a rehearsal completes where there is no network but the loopback',
  async () => {
    const args = ['--json', '--request', requestFile(temporaryFolder(), oneWorkload())]
    expect(reportOf(await startRehearsal({ args, inside: isolated }).ended).outcome).toBe('completed')
  },
  300_000
)
