import { writeFile } from 'node:fs/promises'
import { planAnswer, type PlanAnswer } from '../../src/domain/views/documents.ts'
import { buildPlan } from '../../src/domain/plan/build-plan.ts'
import { mailPreview } from '../../src/domain/mails/mail-preview.ts'
import { moment } from '../moments.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import { findingLines, planLines } from '../plan-lines.ts'
import type { AddCommand } from '../shell.ts'
import { exitCodes } from '../report.ts'
import { requestOf } from '../request-file.ts'
import { sha256 } from '../sha256.ts'

interface Options extends AppOptions {
  readonly out?: string
}

export const addPlan: AddCommand = (program, { outside, does }) => {
  withApp(
    program
      .command('plan <request>')
      .description('what will be created, what cannot be undone, mails, dates and findings; changes nothing')
  )
    .option('--out <file>', 'write the plan and its digest there')
    .action(
      does(async (file: string, options: Options) => {
        const request = await requestOf(file)
        const client = clientOf(options, outside)
        const reply = await client.ask('POST', 'plans', { body: request })
        const answer = planAnswer.parse(JSON.parse(reply.text))
        const mails = mailPreview(buildPlan(request, (text) => sha256(Buffer.from(text))))
        const data = { ...answer, mails }
        if (options.out !== undefined) await writeFile(options.out, `${JSON.stringify(data, undefined, 2)}\n`)
        return {
          data,
          lines: [
            ...planLines(answer),
            ...mailLines(mails),
            'When, if people answer on the same day:',
            ...answer.expected.map(({ at, title }) => `  ${moment(at, answer.zone, outside.zone)}  ${title}`),
            '',
            ...endLines(answer, file, options)
          ],
          exitCode: answer.findings.length === 0 ? exitCodes.done : exitCodes.refused
        }
      })
    )
}

const mailLines = (mails: ReturnType<typeof mailPreview>): string[] => [
  'Mails that will be sent to Microsoft:',
  ...mails.flatMap(({ to, cc, subject, text }) => [
    `  To: ${to}`,
    `  Cc: ${cc.join(', ')}`,
    `  Subject: ${subject}`,
    ...text
      .trimEnd()
      .split('\n')
      .map((line) => `  | ${line}`),
    ''
  ])
]

function endLines({ findings, plan, digest }: PlanAnswer, file: string, { out }: Options): string[] {
  const count = plan.policies.length * 2
  return [
    ...(findings.length > 0
      ? ['Preflight found what stands in the way:', ...findings.flatMap(findingLines), '']
      : ['Preflight finds nothing amiss today.', '']),
    `Plan: ${String(count)} vaults and ${String(count)} keys to create, 0 to change, 0 to delete. Nothing has been changed.`,
    `Digest: ${digest}`,
    ...(out === undefined ? [] : [`Written to ${out}.`]),
    findings.length > 0 ? 'Next: mend what was found and plan again.' : `Next: ckey start ${file} --digest ${digest}`
  ]
}
