import { bothSlots } from '../terms/by-slot.ts'
import type { Slot } from '../terms/evidence.ts'
import { workloadNames, type Workload } from '../terms/workloads.ts'

/** What each kind of human task is about. A new kind begins here: the compiler then asks for all else that is said of it. */
interface TaskParts {
  readonly offer: OfWorkload
  readonly approve: OfSlot
  readonly 'send-mail': OfWorkload
  /** The number of the escalation, from 1 to 999. */
  readonly 'send-escalation': OfWorkload & { readonly number: number }
  readonly acknowledge: object
  readonly 'microsoft-answered': object
  readonly 'import-key': OfVault
  readonly 'assign-contributor': OfVault
  readonly 'attest-offline': OfSlot
  readonly 'remove-setup-role': OfSlot
  readonly 'replace-operator': OfSlot
  readonly 'confirm-replacement': OfSlot
  readonly 'withdraw-replacement': OfSlot
  readonly 'confirm-plan': OfSlot
  readonly 'replace-officer': object
  readonly retry: OfFinding
  readonly override: OfFinding
  readonly mend: OfFinding
  readonly cancel: object
  readonly halt: object
  readonly 'go-on': OfSlot
  readonly 'take-over': object
}

export type TaskKind = keyof TaskParts

/** A step only a person can do; `Task<'approve'>` is one of that kind. */
export type Task<K extends TaskKind = TaskKind> = { [P in K]: { readonly kind: P } & TaskParts[P] }[K]

interface OfWorkload {
  readonly workload: Workload
}
interface OfSlot {
  readonly slot: Slot
}
interface OfVault {
  /** The vault's name in lower case. */
  readonly vault: string
}
interface OfFinding {
  /** The finding's code: lower-case letters, digits and hyphens. */
  readonly code: string
}

/** The name by which documents, routes, commands, events and mails know a task, e.g. `approve-slot-1`. */
export function taskName<K extends TaskKind>(task: Task<K>): string {
  const name: TaskNaming<K> = namings[task.kind]
  return name.write(task)
}

/** The task of a name; undefined for a name that no task has. */
export function taskNamed(name: string): Task | undefined {
  for (const naming of Object.values(namings)) {
    const task = naming.read(name)
    if (task) return task
  }
  return undefined
}

export const sameTask = (one: Task, other: Task): boolean => taskName(one) === taskName(other)

/** Whether a task is of one of these kinds. */
export const isOf = <K extends TaskKind>(task: Task, ...kinds: readonly K[]): task is Extract<Task, { kind: K }> =>
  kinds.some((kind) => kind === task.kind)

interface TaskNaming<K extends TaskKind> {
  readonly write: (task: Task<K>) => string
  readonly read: (name: string) => Task<K> | undefined
}

/** How one part of a name is read and written. */
interface Part<T> {
  readonly read: (text: string) => T | undefined
  readonly write: (value: T) => string
}

const word = /^[a-z0-9-]+$/

const nothing: Part<object> = { read: (text) => (text === '' ? {} : undefined), write: () => '' }
const workload: Part<OfWorkload> = {
  read: (text) => workloadNames.flatMap((each) => (each === text ? [{ workload: each }] : []))[0],
  write: (value) => value.workload
}
const slot: Part<OfSlot> = {
  read: (text) => bothSlots.flatMap((each) => (String(each) === text ? [{ slot: each }] : []))[0],
  write: (value) => String(value.slot)
}
const vault: Part<OfVault> = {
  read: (text) => (word.test(text) ? { vault: text } : undefined),
  write: (value) => value.vault
}
const finding: Part<OfFinding> = {
  read: (text) => (word.test(text) ? { code: text } : undefined),
  write: (value) => value.code
}
const escalation: Part<TaskParts['send-escalation']> = {
  read(text) {
    const [, number = '', rest = ''] = /^([1-9][0-9]{0,2})-(.*)$/.exec(text) ?? []
    const of = workload.read(rest)
    return of && { ...of, number: Number(number) }
  },
  write: (value) => `${String(value.number)}-${value.workload}`
}

/** No beginning is the beginning of another: a name is read by one kind alone. */
const namings: { readonly [K in TaskKind]: TaskNaming<K> } = {
  offer: naming('offer', 'offer-', workload),
  approve: naming('approve', 'approve-slot-', slot),
  'send-mail': naming('send-mail', 'send-mail-', workload),
  'send-escalation': naming('send-escalation', 'send-escalation-', escalation),
  acknowledge: naming('acknowledge', 'acknowledge', nothing),
  'microsoft-answered': naming('microsoft-answered', 'microsoft-answered', nothing),
  'import-key': naming('import-key', 'import-', vault),
  'assign-contributor': naming('assign-contributor', 'assign-contributor-', vault),
  'attest-offline': naming('attest-offline', 'attest-offline-', slot),
  'remove-setup-role': naming('remove-setup-role', 'remove-setup-role-', slot),
  'replace-operator': naming('replace-operator', 'replace-operator-', slot),
  'confirm-replacement': naming('confirm-replacement', 'confirm-replacement-', slot),
  'withdraw-replacement': naming('withdraw-replacement', 'withdraw-replacement-', slot),
  'confirm-plan': naming('confirm-plan', 'confirm-plan-', slot),
  'replace-officer': naming('replace-officer', 'replace-officer', nothing),
  retry: naming('retry', 'retry-', finding),
  override: naming('override', 'override-', finding),
  mend: naming('mend', 'mend-', finding),
  cancel: naming('cancel', 'cancel', nothing),
  halt: naming('halt', 'halt', nothing),
  'go-on': naming('go-on', 'go-on-slot-', slot),
  'take-over': naming('take-over', 'take-over', nothing)
}

function naming<K extends TaskKind>(kind: K, beginning: string, part: Part<TaskParts[K]>): TaskNaming<K> {
  return {
    write: (task) => beginning + part.write(task),
    read: (name) => {
      const parts = name.startsWith(beginning) ? part.read(name.slice(beginning.length)) : undefined
      return parts && { kind, ...parts }
    }
  }
}
