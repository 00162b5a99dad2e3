import { readFile } from 'node:fs/promises'
import { beginsDigest } from '../../src/domain/plan/plan-digest.ts'
import type { PlanAnswer } from '../../src/domain/views/documents.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import { findingsLines } from '../finding-lines.ts'
import { planLines } from '../plan-lines.ts'
import type { AddCommand, Shell } from '../shell.ts'
import { CkeyError, exitCodes } from '../report.ts'
import { requestOf } from '../request-file.ts'
import type { Client } from '../client.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { z } from 'zod'

interface Options extends AppOptions {
  readonly digest?: string
  readonly plan?: string
}

export const addStart: AddCommand = (program, { outside, does }) => {
  withApp(program.command('start <request>').description('start the onboarding whose plan you have read'))
    .option('--digest <sha256>', 'digest of the plan you have read (ckey plan)')
    .option('--plan <file>', 'what ckey plan --out wrote, instead of --digest')
    .action(
      does(async (file: string, options: Options) => {
        const request = await requestOf(file)
        const client = clientOf(options, outside)
        const planDigest = await digestOf(options, request, client, outside)
        const { status, body } = await client.call('startOnboarding', { body: { ...request, planDigest } })
        const { id } = body
        if (status === 200 && body.status !== 'running') throw hasEnded(id, body.status)
        return {
          data: { id, digest: planDigest },
          lines: [`Onboarding ${id} runs, from plan ${planDigest}.`, `Next: ckey watch ${id}`]
        }
      })
    )
}

const hasEnded = (id: string, status: string): CkeyError =>
  new CkeyError(
    `Onboarding ${id} is ${status}, and nothing was started: an id is used once. Give the request another id, read its plan, and start that.`,
    exitCodes.refused,
    { id, status }
  )

/** Nobody can approve it: the directory lacks somebody, and a finding says whom. */
const withoutDigest = ({ plan, findings }: PlanAnswer): CkeyError =>
  new CkeyError(
    [
      `The plan of ${plan.id} has no digest, and nothing was started. Mend this first:`,
      ...findingsLines(findings)
    ].join('\n'),
    exitCodes.refused,
    { id: plan.id, findings }
  )

async function digestOf(
  { digest, plan }: Options,
  request: OnboardingRequest,
  client: Client,
  outside: Shell['outside']
): Promise<string> {
  if (digest !== undefined) return digest
  if (plan !== undefined) return z.object({ digest: z.string() }).parse(JSON.parse(await readFile(plan, 'utf8'))).digest
  if (!outside.ask) {
    throw new CkeyError(
      'Starting needs the digest of the plan you have read, and there is no terminal to ask in. Give --digest, which ckey plan prints, or --plan FILE.',
      exitCodes.unusable
    )
  }
  const answer = await client.callToTheEnd('createPlan', { body: request })
  if (answer.digest === undefined) throw withoutDigest(answer)
  outside.out(`${planLines(answer).join('\n')}\nDigest: ${answer.digest}\n`)
  const typed = await outside.ask('To start it, type the first 8 characters of the digest: ')
  if (beginsDigest(typed, answer.digest)) return answer.digest
  throw new CkeyError('That is not the digest. Nothing was started.', exitCodes.refused)
}
