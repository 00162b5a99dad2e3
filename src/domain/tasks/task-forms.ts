import { Temporal } from 'temporal-polyfill'
import { sendTaskPattern } from './mail-tasks.ts'

/** One thing a task asks for. Page and command line make their forms and prompts of these. */
export interface FormField {
  /** Name in a form, and `--name` on the command line. */
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly kind: 'line' | 'lines' | 'moment' | 'confirm'
  readonly required: boolean
}

export interface TaskForm {
  readonly title: string
  /** On the button. */
  readonly action: string
  readonly fields: readonly FormField[]
  /** The answer's JSON. It may still have faults: the schemas in tasks.ts decide. */
  readonly toAnswer: (values: FormValues, context: FormContext) => unknown
}

export type FormValues = Readonly<Partial<Record<string, string>>>

export interface FormContext {
  readonly planDigest: string
  /** IANA zone of moments written without one. */
  readonly zone: string
}

/** What a task asks for; undefined for a name that no task has. */
export const taskForm = (task: string): TaskForm | undefined => forms.find(({ name }) => name.test(task))?.form(task)

const text = (values: FormValues, name: string): string => values[name]?.trim() ?? ''
function given(values: FormValues, name: string): Record<string, string> {
  const value = text(values, name)
  return value === '' ? {} : { [name]: value }
}

const offer = (task: string): TaskForm => ({
  title: `Record the FastTrack request for ${task.slice('offer-'.length)}`,
  action: 'Record the request',
  fields: [
    {
      name: 'requestId',
      label: 'FastTrack request id',
      kind: 'line',
      required: true,
      help: 'As FastTrack shows it, e.g. FT-104233'
    },
    {
      name: 'officers',
      label: 'Officers who may authorise the destruction of keys',
      kind: 'lines',
      required: true,
      help: 'One per line: Olga Officer <olga@contoso.com>'
    }
  ],
  toAnswer: (values) => ({
    requestId: text(values, 'requestId'),
    officers: text(values, 'officers').split(/[\n;]/).flatMap(officerOf)
  })
})

const approval = (task: string): TaskForm => ({
  title: `Approve ${task.slice('approve-'.length).replace('-', ' ')}`,
  action: 'Approve the plan',
  fields: [
    {
      name: 'read',
      label: 'I have read the plan and what it makes irrevocable',
      kind: 'confirm',
      required: true
    }
  ],
  toAnswer: (values, { planDigest }) => ({
    planDigest: text(values, 'read') === '' ? text(values, 'planDigest') : planDigest
  })
})

const acknowledgement = (): TaskForm => ({
  title: 'Record Microsoft’s acknowledgement',
  action: 'Record it',
  fields: [
    { name: 'at', label: 'When Microsoft acknowledged', kind: 'moment', required: false, help: 'Empty: now' },
    { name: 'reference', label: 'Reference', kind: 'line', required: false, help: 'e.g. a case number' }
  ],
  toAnswer: (values, { zone }) => ({ ...momentOf(text(values, 'at'), zone), ...given(values, 'reference') })
})

const sent = (task: string): TaskForm => ({
  title: `Send the ${task.replace(/^send-(mail|escalation)-/, (_, kind: string) => `${kind} `)} to Microsoft`,
  action: 'It was sent',
  fields: [{ name: 'at', label: 'When it was sent', kind: 'moment', required: false, help: 'Empty: now' }],
  toAnswer: (values, { zone }) => momentOf(text(values, 'at'), zone)
})

const attestation = (task: string): TaskForm => ({
  title: `Attest the offline copy of slot ${task.slice('attest-offline-'.length)}`,
  action: 'Attest it',
  fields: [
    {
      name: 'location',
      label: 'Where the copies are kept',
      kind: 'line',
      required: true,
      help: 'e.g. safe 2, headquarters'
    },
    { name: 'statement', label: 'Statement', kind: 'line', required: false }
  ],
  toAnswer: (values) => ({ location: text(values, 'location'), ...given(values, 'statement') })
})

const reasoned = (title: string, action: string, help: string): TaskForm => ({
  title,
  action,
  fields: [{ name: 'reason', label: 'Reason', kind: 'line', required: true, help }],
  toAnswer: (values) => ({ reason: text(values, 'reason') })
})

const retry = (task: string): TaskForm => ({
  title: `Look again at ${task.slice('retry-'.length)}`,
  action: 'Retry',
  fields: [],
  toAnswer: () => ({})
})

const mend = (task: string): TaskForm => ({
  title: `Have the app mend ${task.slice('mend-'.length)}`,
  action: 'Mend it',
  fields: [],
  toAnswer: () => ({})
})

const imported = (task: string): TaskForm => ({
  title: `Import the key of ${task.slice('import-'.length)}`,
  action: 'It is imported',
  fields: [],
  toAnswer: () => ({})
})

const contributor = (task: string): TaskForm => ({
  title: `Let somebody change the permissions of ${task.slice('assign-contributor-'.length)}`,
  action: 'It is done',
  fields: [],
  toAnswer: () => ({})
})

const removedRole = (task: string): TaskForm => ({
  title: `Remove the set-up role of slot ${task.slice('remove-setup-role-'.length)}`,
  action: 'It is removed',
  fields: [],
  toAnswer: () => ({})
})

const operatorLeaving = (task: string): TaskForm => ({
  title: `Replace an operator of slot ${task.slice('replace-operator-'.length)}`,
  action: 'Replace the operator',
  fields: [
    {
      name: 'leaves',
      label: 'Who leaves',
      kind: 'line',
      required: true,
      help: 'User principal name, e.g. alice@contoso.com'
    },
    {
      name: 'joins',
      label: 'Who takes over',
      kind: 'line',
      required: true,
      help: 'User principal name of somebody who stands for nothing in the other slot'
    },
    reasonField
  ],
  toAnswer: (values) => ({
    leaves: text(values, 'leaves'),
    joins: text(values, 'joins'),
    reason: text(values, 'reason')
  })
})

const officerLeaving = (): TaskForm => ({
  title: 'Replace an officer',
  action: 'Replace the officer',
  fields: [
    {
      name: 'leaves',
      label: 'Officer who leaves',
      kind: 'line',
      required: true,
      help: 'The address, as the offers have it'
    },
    {
      name: 'joins',
      label: 'Officer who takes over',
      kind: 'line',
      required: true,
      help: 'Olga Officer <olga@contoso.com>; tell Microsoft first'
    },
    reasonField
  ],
  toAnswer: (values) => ({
    leaves: text(values, 'leaves'),
    joins: officerOf(text(values, 'joins'))[0] ?? {},
    reason: text(values, 'reason')
  })
})

const reasonField: FormField = {
  name: 'reason',
  label: 'Reason',
  kind: 'line',
  required: true,
  help: 'At least 10 characters; stands in the hand-off'
}

const forms: readonly { readonly name: RegExp; readonly form: (task: string) => TaskForm }[] = [
  { name: /^offer-/, form: offer },
  { name: sendTaskPattern, form: sent },
  { name: /^approve-slot-[12]$/, form: approval },
  { name: /^acknowledge$/, form: acknowledgement },
  { name: /^attest-offline-[12]$/, form: attestation },
  { name: /^remove-setup-role-[12]$/, form: removedRole },
  { name: /^import-/, form: imported },
  { name: /^assign-contributor-/, form: contributor },
  { name: /^replace-operator-[12]$/, form: operatorLeaving },
  { name: /^replace-officer$/, form: officerLeaving },
  { name: /^retry-/, form: retry },
  { name: /^mend-/, form: mend },
  {
    name: /^override-/,
    form: (task) =>
      reasoned(
        `Go on although ${task.slice('override-'.length)} does not hold`,
        'Override',
        'At least 10 characters; recorded with your name in the hand-off'
      )
  },
  {
    name: /^cancel$/,
    form: () =>
      reasoned('End this onboarding', 'Cancel the onboarding', 'At least 10 characters; nothing is undone in Azure')
  }
]

/** `Name <address>`, or an address alone. What is neither stays as it is, for the schema to refuse. */
function officerOf(line: string): { name: string; email: string }[] {
  const trimmed = line.trim()
  if (trimmed === '') return []
  const [, name = trimmed, email = trimmed] = /^(.*?)\s*<([^<>]*)>$/.exec(trimmed) ?? []
  return [{ name: name === '' ? email : name, email }]
}

/** A moment without an offset is local to the zone. What cannot be read stays, for the schema to refuse. */
function momentOf(said: string, zone: string): { at?: string } {
  if (said === '') return {}
  if (/(Z|[+-]\d\d:?\d\d)$/.test(said)) return { at: said }
  try {
    const local = Temporal.PlainDateTime.from(said.replace(' ', 'T')).toZonedDateTime(zone)
    return { at: local.toInstant().toString({ fractionalSecondDigits: 3 }) }
  } catch {
    return { at: said }
  }
}
