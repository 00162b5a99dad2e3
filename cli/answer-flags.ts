import type { Command } from 'commander'
import type { FormField, FormValues } from '../src/domain/tasks/form.ts'
import { taskKinds } from '../src/domain/tasks/task-kinds.ts'

type FlagField = Pick<FormField, 'name' | 'flag'>

/** `requestId` → `--request-id`. */
export const flagOf = ({ name, flag = name }: FlagField): string =>
  `--${flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** A flag for each thing that any task asks for. */
export const withAnswers = (command: Command): Command =>
  flags().reduce(
    (own, { usage, about, repeated }) => (repeated ? own.option(usage, about, collected) : own.option(usage, about)),
    command
  )

/** What the flags say of these fields. Of a box to tick the flag says what was read; the form's own box has no place here. */
export function valuesOf(fields: readonly FormField[], options: object): FormValues {
  const given = new Map<string, unknown>(Object.entries(options))
  return Object.fromEntries(
    fields.flatMap((field): [string, string][] => {
      const value = given.get(field.flag ?? field.name)
      if (value === undefined) return []
      const text = [value]
        .flat()
        .filter((each) => typeof each === 'string')
        .join('\n')
      return field.kind === 'confirm'
        ? [
            [field.name, ''],
            ['planDigest', text]
          ]
        : [[field.name, text]]
    })
  )
}

interface Flag {
  readonly usage: string
  readonly about: string
  readonly repeated: boolean
}

/** Kinds that ask for the same share its flag. */
function flags(): Flag[] {
  const all = Object.values(taskKinds).flatMap(({ kind, form }) => form.fields.map((field) => ({ kind, field })))
  return [...Map.groupBy(all, ({ field }) => flagOf(field))].map(([flag, askedBy]) => ({
    usage: `${flag} ${placeholders[askedBy[0]?.field.kind ?? 'line']}`,
    about: [...Map.groupBy(askedBy, ({ field }) => aboutOf(field))]
      .map(([about, kinds]) => `${kinds.map(({ kind }) => kind).join(', ')}: ${about}`)
      .join('; '),
    repeated: askedBy.some(({ field }) => field.kind === 'lines')
  }))
}

const placeholders: Readonly<Record<FormField['kind'], string>> = {
  line: '<text>',
  lines: '<text>',
  moment: '<moment>',
  confirm: '<sha256>',
  choice: '<word>'
}

function aboutOf({ kind, label, help, choices = [] }: FormField): string {
  if (kind === 'confirm') return 'digest of the plan you have read'
  if (kind === 'choice') return `${label}: ${choices.map(({ value }) => value).join(', ')}`
  const more =
    kind === 'lines' ? '; may be repeated' : kind === 'moment' ? '; ISO 8601 or local to the onboarding’s zone' : ''
  return `${label}${help === undefined ? '' : ` (${help})`}${more}`
}

const collected = (value: string, all: readonly string[] = []): string[] => [...all, value]
