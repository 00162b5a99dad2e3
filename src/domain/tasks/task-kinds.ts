import type { z } from 'zod'
import { acknowledge } from './acknowledge.ts'
import { approve } from './approve.ts'
import { cancel } from './cancel.ts'
import type { TaskDefinition } from './define-task.ts'
import { mend, override, retry } from './finding.ts'
import { goOn, halt } from './halt.ts'
import { microsoftAnswered } from './microsoft-answered.ts'
import { offer } from './offer.ts'
import { confirmPlan } from './confirm-plan.ts'
import { confirmReplacement, replaceOperator, withdrawReplacement } from './replace.ts'
import { replaceOfficer } from './replace-officer.ts'
import { sendEscalation, sendMail } from './send.ts'
import { attestOffline, removeSetupRole } from './slot-end.ts'
import { takeOver } from './take-over.ts'
import type { Task, TaskKind } from './task.ts'
import { assignContributor, importKey } from './vault.ts'

/** Every kind of human task. One that `task.ts` names and this list does not have, does not compile. */
const definitions = {
  offer,
  approve,
  'send-mail': sendMail,
  'send-escalation': sendEscalation,
  acknowledge,
  'microsoft-answered': microsoftAnswered,
  'import-key': importKey,
  'assign-contributor': assignContributor,
  'attest-offline': attestOffline,
  'remove-setup-role': removeSetupRole,
  'replace-operator': replaceOperator,
  'confirm-replacement': confirmReplacement,
  'withdraw-replacement': withdrawReplacement,
  'confirm-plan': confirmPlan,
  'replace-officer': replaceOfficer,
  retry,
  override,
  mend,
  cancel,
  halt,
  'go-on': goOn,
  'take-over': takeOver
}

/** What a person says to a task of this kind. */
export type AnswerOf<K extends TaskKind> = z.output<(typeof definitions)[K]['answer']['schema']>

/** What the sentences of this kind need to know beside the task. */
export type AboutOf<K extends TaskKind> = Parameters<(typeof definitions)[K]['asks']>[1]

export type TaskKindOf<K extends TaskKind = TaskKind> = TaskDefinition<K, AnswerOf<K>, AboutOf<K>>

export const taskKinds: { readonly [K in TaskKind]: TaskKindOf<K> } = definitions

/** All that is said of the kind of this task. */
export const kindOf = <K extends TaskKind>(task: Task<K>): TaskKindOf<K> => taskKinds[task.kind]

/** What a question of this task says, with what there is to run. */
export function askedOf<K extends TaskKind>(task: Task<K>, about: AboutOf<K>): string {
  const kind = kindOf(task)
  return kind.asks(task, about, kind.commands(task, about))
}
