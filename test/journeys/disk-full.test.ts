import { spawnSync } from 'node:child_process'
import { mkdirSync, openSync, closeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useBundledApp } from './bundled-app.ts'
import { expectSound } from './end-state.ts'
import { rehearse, reportOf, requestFile, startRehearsal, temporaryFolder } from './rehearsal-process.ts'
import { oneWorkload } from './requests.ts'

const long = 400_000
const app = useBundledApp()

// A small disk of its own, which nobody else sees; room is made on it between two runs of the same command.
const onDisk = (script: string): string[] => ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', script]
const mount = (disk: string, size: string): string => `mount -t tmpfs -o size=${size} none ${disk}`
const [program = '', ...rest] = onDisk(`${mount('/mnt', '64k')} && "$0"`)
const canMount = spawnSync(program, [...rest, 'true']).status === 0
if (!canMount)
  process.stderr.write('SKIPPED LOUDLY: this machine cannot mount a small disk, so none was filled by a rehearsal.\n')

test.skipIf(!canMount).for([
  ['what it begins with', ['64m', '60k'], /(?:cannot be used|could not write|ENOSPC)[^]*(?:Give it room|Mend)/],
  ['what its host begins with', ['4k', '64m'], /(?:cannot be|could not write|ENOSPC)[^]*(?:Give it room|Mend)/],
  ['the state of the simulated Azure', ['64m', '1100k'], /could not write .*azure\.sqlite in 6 tries: .* Give it room/],
  [
    'the state of the host',
    ['260k', '64m'],
    /The host (?:does not start|has ended by itself)[^]*disk[^]*give the same command/
  ]
] as const)(
  'a disk that is full for %s stops the rehearsal with a clear error, and it goes on once there is room',
  { timeout: long },
  async ([, [ofHost, ofAzure], said]) => {
    const folder = temporaryFolder()
    const request = oneWorkload()
    const [disk, kept] = [join(folder, 'disk'), join(folder, 'kept')]
    for (const each of [disk, kept]) mkdirSync(each)
    const azure = join(disk, 'azure')
    const script = [
      mount(disk, ofHost),
      `mkdir ${azure}`,
      mount(azure, ofAzure),
      '{ "$0" "$@" > /dev/null; echo "ended with $?" >&2; }',
      ...[disk, azure].map((each) => `mount -o remount,size=64m ${each}`),
      `"$0" "$@"`,
      `cp -r ${disk}/. ${kept}`
    ].join(' && ')
    const args = ['--json', '--app', app, '--request', requestFile(folder, request), '--keep', disk]
    const ended = await startRehearsal({ args, inside: onDisk(script) }).ended
    const first = ended.lines.slice(0, ended.lines.indexOf('ended with 1') + 1).join('\n')
    expect(first).toMatch(said)
    expect(first).not.toMatch(/^\s+at /m)
    await expectSound(reportOf(ended), kept, request)
  }
)

test(
  'a report that cannot be written is no success, and is written when there is room',
  async () => {
    const folder = temporaryFolder()
    const args = [
      '--json',
      '--app',
      app,
      '--request',
      requestFile(folder, oneWorkload()),
      '--keep',
      join(folder, 'kept')
    ]
    const full = openSync('/dev/full', 'w')
    const failed = await startRehearsal({ args, stdout: full }).ended
    closeSync(full)
    expect(failed.code).toBe(1)
    expect(failed.lines.join('\n')).toMatch(/ENOSPC[^]*Give it room on the disk, and give the same command again/)
    expect(reportOf(await rehearse(...args)).outcome).toBe('completed')
  },
  long
)
