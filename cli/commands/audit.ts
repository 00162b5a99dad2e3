import { writeFile } from 'node:fs/promises'
import type { AnswerSheet, OnboardingDocument } from '../../src/domain/views/documents.ts'
import { becameOf } from '../../src/domain/views/shown-answer.ts'
import { moment } from '../moments.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../shell.ts'
import { viewOf } from './status.ts'

interface Options extends AppOptions {
  readonly out?: string
}

/** Who did what, when, from which plan. */
export const addAudit: AddCommand = (program, { outside, does }) => {
  withApp(program.command('audit <id>').description('who did what, when, from which plan digest'))
    .option('--out <file>', 'write it there as JSON')
    .action(
      does(async (id: string, options: Options) => {
        const { view } = await viewOf(id, options, outside)
        const { body } = await clientOf(options, outside).call('getAnswers', { id })
        const data = auditOf(view, body)
        if (options.out !== undefined) await writeFile(options.out, `${JSON.stringify(data, undefined, 2)}\n`)
        return {
          data,
          lines: [
            `Onboarding ${id} of ${view.organization.domain}, plan ${view.planDigest}`,
            ...data.entries.map(({ at, by, what }) => `  ${moment(at, view.zone, outside.zone)}  ${by}  ${what}`),
            ...(options.out === undefined ? [] : [`Written to ${options.out}.`])
          ]
        }
      })
    )
}

function auditOf(view: OnboardingDocument, { items }: AnswerSheet) {
  const entries = [
    { at: view.startedAt, by: view.startedBy, what: `started it from plan ${view.planDigest}` },
    ...items.map((answer) => ({
      at: answer.at,
      by: answer.by,
      what: `answered ${answer.task}${answer.reason === undefined ? '' : `: ${answer.reason}`}${answer.verdict === 'taken' && answer.why === undefined ? '' : ` (${becameOf(answer)})`}`
    })),
    ...view.takeovers.map(({ at, because, vaultName = 'the onboarding' }) => ({
      at,
      by: 'the app',
      what: `took ${vaultName} over, because ${because}`
    })),
    ...view.steps.map(({ at, title, detail }) => ({ at, by: 'the app', what: `${title}: ${detail}` }))
  ]
  const { id, organization, planDigest, status } = view
  return { id, organization, planDigest, status, entries: entries.toSorted((a, b) => (a.at < b.at ? -1 : 1)) }
}
