import { beginsDigest } from '../../src/domain/plan/plan-digest.ts'
import type { Command } from 'commander'
import type { OnboardingDocument } from '../../src/domain/views/documents.ts'
import type { FormField } from '../../src/domain/tasks/form.ts'
import { taskName, taskNamed, type Task, type TaskKind } from '../../src/domain/tasks/task.ts'
import { byCause } from '../../src/domain/terms/by-cause.ts'
import { countOf } from '../../src/domain/terms/words.ts'
import { kindOf } from '../../src/domain/tasks/task-kinds.ts'
import type { Slot } from '../../src/domain/terms/evidence.ts'
import { flagOf, valuesOf, withAnswers } from '../answer-flags.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand, Shell } from '../shell.ts'
import { CkeyError, exitCodes, type Report } from '../report.ts'
import { verdictLines } from '../verdict.ts'
import { viewOf } from './status.ts'

export const addComplete: AddCommand = (program, { outside, does }) => {
  answering(program, 'complete <id> <task>', 'answer a task; asks for what it needs, or takes flags').action(
    does((id: string, name: string, options: AppOptions) => answer({ id, name, options, outside }))
  )
}

/** The same under names people look for. */
export const addShortcuts: AddCommand = (program, { outside, does }) => {
  for (const { usage, about, taskOf } of Object.values(shortcuts).filter((each) => each !== 'none')) {
    const command = answering(program, usage, about)
    const work = async (id: string, word: string | undefined, options: AppOptions): Promise<Report> =>
      answer({ id, name: taskName(await taskOf({ id, word, options, outside })), options, outside })
    if (command.registeredArguments.length > 1) command.action(does(work))
    else command.action(does((id: string, options: AppOptions) => work(id, undefined, options)))
  }
}

const answering = (program: Command, usage: string, about: string): Command =>
  withAnswers(withApp(program.command(usage).description(about)))

interface TaskWords {
  readonly id: string
  /** What follows the id. */
  readonly word: string | undefined
  readonly options: AppOptions
  readonly outside: Shell['outside']
}

interface Shortcut<K extends TaskKind> {
  readonly usage: string
  readonly about: string
  readonly taskOf: (asked: TaskWords) => Task<K> | Promise<Task<K>>
}

/** Which kinds of task have a command of their own, beside `complete`. */
const shortcuts: { readonly [K in TaskKind]: Shortcut<K> | 'none' } = {
  offer: 'none',
  approve: {
    usage: 'approve <id> <slot>',
    about: 'approve the plan for slot 1 or 2',
    taskOf: ({ word = '' }) => ({ kind: 'approve', slot: slotFrom(word) })
  },
  'send-mail': 'none',
  'send-escalation': 'none',
  acknowledge: {
    usage: 'acknowledge <id>',
    about: 'record that Microsoft acknowledged; the wait then begins anew',
    taskOf: () => ({ kind: 'acknowledge' })
  },
  'microsoft-answered': {
    usage: 'microsoft-answered <id>',
    about: 'record what else Microsoft answered, as a mail that came back; says what to do next',
    taskOf: () => ({ kind: 'microsoft-answered' })
  },
  'import-key': 'none',
  'assign-contributor': 'none',
  'attest-offline': 'none',
  'remove-setup-role': 'none',
  'replace-operator': 'none',
  'confirm-replacement': 'none',
  'withdraw-replacement': 'none',
  'confirm-plan': {
    usage: 'confirm-plan <id> <slot>',
    about: 'as who takes over in slot 1 or 2: confirm the plan, and act from then on',
    taskOf: ({ word = '' }) => ({ kind: 'confirm-plan', slot: slotFrom(word) })
  },
  'replace-officer': 'none',
  retry: {
    usage: 'retry <id> [finding]',
    about: 'look again at a finding; at the only one where none is named',
    taskOf: async (asked) => ({ kind: 'retry', code: asked.word ?? (await onlyFinding(asked)) })
  },
  override: 'none',
  mend: 'none',
  cancel: {
    usage: 'cancel <id>',
    about: 'end an onboarding; nothing is undone in Azure',
    taskOf: () => ({ kind: 'cancel' })
  },
  halt: {
    usage: 'halt <id>',
    about: 'have nothing more done to Azure until both slots say go on',
    taskOf: () => ({ kind: 'halt' })
  },
  'go-on': {
    usage: 'go-on <id> <slot>',
    about: 'say for slot 1 or 2 that a halted onboarding may go on',
    taskOf: ({ word = '' }) => ({ kind: 'go-on', slot: slotFrom(word) })
  },
  'take-over': {
    usage: 'take-over <id>',
    about: 'have a new instance go on in place of one that is gone',
    taskOf: () => ({ kind: 'take-over' })
  }
}

interface TaskReply {
  readonly id: string
  /** Of the task. */
  readonly name: string
  readonly options: AppOptions
  readonly outside: Shell['outside']
}

async function answer({ id, name, options, outside }: TaskReply): Promise<Report> {
  const task = taskNamed(name)
  if (!task)
    throw new CkeyError(`There is no task "${name}". ckey tasks ${id} lists those that are open.`, exitCodes.unusable)
  const { form } = kindOf(task)
  const { view } = await viewOf(id, options, outside)
  const values: Record<string, string | undefined> = { ...valuesOf(form.fields, options) }
  for (const field of form.fields) {
    if (field.required && values[field.name] === undefined) values[field.name] = await asked(field, view, outside)
  }
  const client = clientOf(options, outside)
  const { body: said } = await client.call('answerTask', {
    id,
    task: name,
    body: form.toAnswer(values, view)
  })
  const told = await verdictLines(client, { id, ...said }, outside)
  return { data: said, lines: [...told, `Next: ckey status ${id}`] }
}

async function asked(field: FormField, view: OnboardingDocument, { ask, out }: Shell['outside']): Promise<string> {
  if (!ask)
    throw new CkeyError(
      `${field.label} is needed, and there is no terminal to ask in. Give ${flagOf(field)}.`,
      exitCodes.unusable
    )
  const help = field.choices?.map(({ value }) => value).join(', ') ?? field.help
  if (field.kind !== 'confirm') return ask(`${field.label}${help === undefined ? '' : ` (${help})`}: `)
  out(`The plan has the digest ${view.planDigest}. Read it: ckey plan REQUEST, or the page’s Plan.\n`)
  if (
    beginsDigest(
      await ask('To say that you have read it, type the first 8 characters of its digest: '),
      view.planDigest
    )
  )
    return 'yes'
  throw new CkeyError('That is not the digest. Nothing was recorded.', exitCodes.refused)
}

function slotFrom(word: string): Slot {
  if (word === '1' || word === '2') return word === '1' ? 1 : 2
  throw new CkeyError(`There is no slot "${word}". Give 1 or 2.`, exitCodes.unusable)
}

async function onlyFinding({ id, options, outside }: TaskWords): Promise<string> {
  const {
    view: { findings }
  } = await viewOf(id, options, outside)
  const causes = byCause(findings)
  const [only] = causes
  if (causes.length === 1 && only) return only.finding.code
  throw new CkeyError(
    findings.length === 0
      ? `Onboarding ${id} has no finding to look at again.`
      : `Onboarding ${id} has ${countOf(findings.length, 'finding')} of ${countOf(causes.length, 'cause')}. Name one of each: ${causes.map(({ finding }) => finding.code).join(', ')}.`,
    exitCodes.unusable
  )
}
