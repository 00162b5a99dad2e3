import type { Command } from 'commander'
import { taken, type OnboardingDocument } from '../../src/domain/views/documents.ts'
import { taskForm, type FormField, type FormValues } from '../../src/domain/tasks/task-forms.ts'
import { flagOf } from '../onboarding-lines.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand, Shell } from '../shell.ts'
import { CkeyError, exitCodes, type Report } from '../report.ts'
import { viewOf } from './status.ts'

interface Options extends AppOptions {
  readonly digest?: string
  readonly requestId?: string
  readonly officer?: readonly string[]
  readonly at?: string
  readonly reference?: string
  readonly location?: string
  readonly statement?: string
  readonly reason?: string
  readonly leaves?: string
  readonly joins?: string
}

export const addComplete: AddCommand = (program, { outside, does }) => {
  withAnswers(
    withApp(
      program.command('complete <id> <task>').description('answer a task; asks for what it needs, or takes flags')
    )
  ).action(does((id: string, task: string, options: Options) => answer({ id, task, options, outside })))
}

/** The same under names people look for. */
export const addShortcuts: AddCommand = (program, { outside, does }) => {
  const one = (usage: string, about: string): Command => withAnswers(withApp(program.command(usage).description(about)))
  one('approve <id> <slot>', 'approve the plan for slot 1 or 2').action(
    does((id: string, slot: string, options: Options) => answer({ id, task: `approve-slot-${slot}`, options, outside }))
  )
  one('acknowledge <id>', 'record that Microsoft acknowledged; the wait then begins anew').action(
    does((id: string, options: Options) => answer({ id, task: 'acknowledge', options, outside }))
  )
  one('retry <id> [finding]', 'look again at a finding; at the only one where none is named').action(
    does(async (id: string, finding: string | undefined, options: Options) =>
      answer({ id, task: `retry-${finding ?? (await onlyFinding(id, options, outside))}`, options, outside })
    )
  )
  one('cancel <id>', 'end an onboarding; nothing is undone in Azure').action(
    does((id: string, options: Options) => answer({ id, task: 'cancel', options, outside }))
  )
}

const withAnswers = (command: Command): Command =>
  command
    .option('--digest <sha256>', 'approve: digest of the plan you have read')
    .option('--request-id <id>', 'offer: FastTrack request id')
    .option('--officer <name and address>', 'offer: "Olga Officer <olga@contoso.com>"; may be repeated', collected)
    .option('--at <moment>', 'acknowledge: when, ISO 8601 or local to the onboarding’s zone')
    .option('--reference <text>', 'acknowledge: e.g. a case number')
    .option('--location <text>', 'attest: where the offline copies are kept')
    .option('--statement <text>', 'attest: in your words')
    .option('--leaves <who>', 'replace: user principal name of the operator, or address of the officer, who leaves')
    .option('--joins <who>', 'replace: who takes over; an officer as "Omar Officer <omar@contoso.com>"')
    .option('--reason <text>', 'override, replace, cancel: why')

const collected = (value: string, all: readonly string[] = []): string[] => [...all, value]

interface Answering {
  readonly id: string
  readonly task: string
  readonly options: Options
  readonly outside: Shell['outside']
}

async function answer({ id, task, options, outside }: Answering): Promise<Report> {
  const form = taskForm(task)
  if (!form)
    throw new CkeyError(`There is no task "${task}". ckey tasks ${id} lists those that are open.`, exitCodes.unusable)
  const { view } = await viewOf(id, options, outside)
  const values: Record<string, string> = valuesOf(options)
  for (const field of form.fields) {
    if (field.required && values[field.name] === undefined) values[field.name] = await asked(field, view, outside)
  }
  const path = `onboardings/${encodeURIComponent(id)}/tasks/${encodeURIComponent(task)}`
  const said = await clientOf(options, outside).post(path, taken, form.toAnswer(values, view))
  return { data: said, lines: [`${said.task}: recorded for ${said.by}.`, `Next: ckey status ${id}`] }
}

/** `--digest` says that the plan of this digest was read; the form's own box has no place here. */
function valuesOf({ digest, officer, ...rest }: Options): Record<string, string> {
  const { requestId, at, reference, location, statement, reason, leaves, joins } = rest
  const own = { requestId, at, reference, location, statement, reason, leaves, joins }
  const given: FormValues = { ...own, planDigest: digest, officers: officer?.join('\n'), read: digest && '' }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  )
}

async function asked(field: FormField, view: OnboardingDocument, { ask, out }: Shell['outside']): Promise<string> {
  const flag = field.kind === 'confirm' ? '--digest' : flagOf(field.name)
  if (!ask)
    throw new CkeyError(
      `${field.label} is needed, and there is no terminal to ask in. Give ${flag}.`,
      exitCodes.unusable
    )
  if (field.kind !== 'confirm') return ask(`${field.label}${field.help === undefined ? '' : ` (${field.help})`}: `)
  out(`The plan has the digest ${view.planDigest}. Read it: ckey plan REQUEST, or the page’s Plan.\n`)
  if (
    (await ask('To say that you have read it, type the first 8 characters of its digest: ')) ===
    view.planDigest.slice(0, 8)
  )
    return 'yes'
  throw new CkeyError('That is not the digest. Nothing was recorded.', exitCodes.refused)
}

async function onlyFinding(id: string, options: Options, outside: Shell['outside']): Promise<string> {
  const {
    view: { findings }
  } = await viewOf(id, options, outside)
  const [only] = findings
  if (findings.length === 1 && only) return only.code
  throw new CkeyError(
    findings.length === 0
      ? `Onboarding ${id} has no finding to look at again.`
      : `Onboarding ${id} has ${String(findings.length)} findings. Name one: ${findings.map(({ code }) => code).join(', ')}.`,
    exitCodes.unusable
  )
}
