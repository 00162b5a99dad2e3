import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AddCommand } from '../shell.ts'
import { CkeyError, exitCodes } from '../report.ts'

const rehearsal = join(import.meta.dirname, '..', '..', 'local', 'rehearse.ts')

/** `npm run rehearse` under this command's name: the same program, the same options, its own exit code. */
export const addRehearse: AddCommand = (program, { outside, does }) => {
  program
    .command('rehearse [options...]')
    .description('rehearse an onboarding on this machine; options as npm run rehearse --')
    .allowUnknownOption()
    .helpOption(false)
    .action(
      does(async (options: string[]) => {
        if (!existsSync(rehearsal)) throw onlyInCheckout()
        const child = spawn(process.execPath, [rehearsal, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
        child.stdout.on('data', (chunk: Buffer) => outside.out(chunk.toString()))
        child.stderr.on('data', (chunk: Buffer) => outside.err(chunk.toString()))
        outside.signal.addEventListener('abort', () => child.kill('SIGINT'))
        const exitCode = await new Promise<number>((resolve) =>
          child.once('close', (code) => resolve(code ?? exitCodes.refused))
        )
        return { data: undefined, lines: [], exitCode }
      })
    )
}

const onlyInCheckout = (): CkeyError =>
  new CkeyError(
    'The installed ckey has no simulated Azure to rehearse against. In a checkout of the project: npm ci && npm run rehearse.',
    exitCodes.unusable
  )
