import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { requestId } from '../../src/domain/terms/fields.ts'
import type { PlanAnswer } from '../../src/domain/views/documents.ts'
import { draftPlan } from '../../src/domain/plan/build-plan.ts'
import { mailPreview, type MailPreview } from '../../src/domain/mails/mail-preview.ts'
import { moment } from '../moments.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import { findingsLines } from '../finding-lines.ts'
import { planLines } from '../plan-lines.ts'
import type { AddCommand, Shell } from '../shell.ts'
import { exitCodes, type Report } from '../report.ts'
import { requestOf } from '../request-file.ts'

interface Options extends AppOptions {
  readonly out?: string
  readonly offline?: true
  readonly mails?: true
}

export const addPlan: AddCommand = (program, { outside, does }) => {
  withApp(
    program
      .command('plan <request|id>')
      .description(
        'of a request, what will be created, what cannot be undone, mails, dates and findings; of an onboarding, what approvers read'
      )
  )
    .option('--mails', 'print the mails to Microsoft in full')
    .option('--out <file>', 'write the plan and its digest there')
    .option('--offline', 'ask no app: names and choices alone, nobody looked up, nothing to approve')
    .action(
      does((word: string, options: Options) => {
        if (options.offline) return offline(word, options)
        return isOnboarding(word) ? running(word, options, outside) : asked(word, options, outside)
      })
    )
}

/** A request is a file, an onboarding has an id; where there is neither, the file is said to be missing. */
const isOnboarding = (word: string): boolean => !existsSync(word) && requestId.safeParse(word).success

/** Whoever reads it signed in as an approver may then approve it. */
async function running(id: string, options: Options, outside: Shell['outside']): Promise<Report> {
  const { body } = await clientOf(options, outside).call('getOnboardingPlan', { id })
  await write(body, options)
  return {
    data: body,
    lines: [
      ...planLines(body),
      ...mailLines(body.mails, options),
      `Digest: ${body.digest}`,
      ...writtenTo(options),
      `Next, where you are asked to: ckey approve ${id} 1, or 2 for the other slot.`
    ],
    exitCode: exitCodes.done
  }
}

const writtenTo = ({ out }: Options): string[] => (out === undefined ? [] : [`Written to ${out}.`])

async function asked(file: string, options: Options, outside: Shell['outside']): Promise<Report> {
  const answer = await clientOf(options, outside).callToTheEnd('createPlan', { body: await requestOf(file) })
  const mails = mailPreview(answer.plan)
  const data = { ...answer, mails }
  await write(data, options)
  return {
    data,
    lines: [
      ...planLines(answer),
      ...mailLines(mails, options),
      'When, if people answer on the same day:',
      ...answer.expected.map(({ at, title }) => `  ${moment(at, answer.zone, outside.zone)}  ${title}`),
      '',
      ...endLines(answer, file, options)
    ],
    exitCode: answer.findings.length === 0 ? exitCodes.done : exitCodes.refused
  }
}

/** What can be said of a request where no app is: the rules of a deployment that nobody has set otherwise. */
async function offline(file: string, options: Options): Promise<Report> {
  const plan = draftPlan(await requestOf(file))
  const mails = mailPreview(plan)
  const data = { plan, mails }
  await write(data, options)
  return {
    data,
    lines: [
      ...planLines({ plan }, true),
      ...mailLines(mails, options),
      ...sizeLines(plan),
      'Digest: none. This plan was made offline: nobody in it was looked up, and the settings of the app are not known here.',
      `Next: ckey plan ${file}, which asks the app and has a digest to approve.`
    ],
    exitCode: exitCodes.done
  }
}

async function write(data: object, { out }: Options): Promise<void> {
  if (out !== undefined) await writeFile(out, `${JSON.stringify(data, undefined, 2)}\n`)
}

function mailLines(mails: readonly MailPreview[], { mails: inFull }: Options): string[] {
  const heading = 'Mails that will be sent to Microsoft'
  if (!inFull)
    return [`${heading} (--mails prints them):`, ...mails.map(({ to, subject }) => `  ${to}  ${subject}`), '']
  return [`${heading}:`, ...mails.flatMap(wholeMail)]
}

const wholeMail = ({ to, cc, subject, text }: MailPreview): string[] => [
  `  To: ${to}`,
  `  Cc: ${cc.join(', ')}`,
  `  Subject: ${subject}`,
  ...text
    .trimEnd()
    .split('\n')
    .map((line) => `  | ${line}`),
  ''
]

function endLines({ findings, warnings, plan, digest }: PlanAnswer, file: string, options: Options): string[] {
  return [
    ...(findings.length > 0
      ? ['Preflight found what stands in the way:', ...findingsLines(findings), '']
      : ['Preflight finds nothing amiss today.', '']),
    ...(warnings.length > 0 ? ['Know before you start:', ...warnings.map((each) => `  ${each}`), ''] : []),
    ...sizeLines(plan),
    `Digest: ${digest ?? 'none, until the directory has everybody whom the request names'}`,
    ...writtenTo(options),
    findings.length > 0 || digest === undefined
      ? 'Next: mend what was found and plan again.'
      : `Next: ckey start ${file} --digest ${digest}`
  ]
}

function sizeLines({ policies }: PlanAnswer['plan']): string[] {
  const count = String(policies.length * 2)
  return [`Plan: ${count} vaults and ${count} keys to create, 0 to change, 0 to delete. Nothing has been changed.`]
}
