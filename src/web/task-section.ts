import { shortDigest } from '../domain/plan/plan-digest.ts'
import type { OnboardingDocument } from '../domain/views/documents.ts'
import type { Fault } from '../domain/terms/fault.ts'
import type { FormValues } from '../domain/tasks/form.ts'
import { taskName, taskNamed, type Task } from '../domain/tasks/task.ts'
import { kindOf, type TaskKindOf } from '../domain/tasks/task-kinds.ts'
import { groupsAsked, whyNotBy } from '../domain/tasks/who-may-answer.ts'
import { standsOf, stepsOf, titleOf, warnsOf, type ShownTask } from '../domain/views/shown-task.ts'
import { formFields } from './form-fields.ts'
import { html, type Html } from './html.ts'
import { moment } from './moment.ts'

/** What is read beside the onboarding: who reads, and what they had typed into a form that was refused. */
export interface PageReader {
  /** By what name they stand in the plan; empty for whoever is not named. */
  readonly party: string
  readonly typed?: TypedForm
}

/** A form that was refused: what was typed and what is wrong with it. */
export interface TypedForm {
  readonly task: string
  readonly values: FormValues
  readonly faults: readonly Fault[]
}

/** The waiting tasks with their forms. `retry`, `override` and `mend` stand with their findings. */
export function taskSection(view: OnboardingDocument, reading: PageReader): Html {
  const tasks = view.tasks.filter((task) => standsOf(task) === 'alone')
  const needed = tasks.filter((task) => task.optional !== true).length
  return html`<section class="panel" id="tasks" aria-labelledby="tasks-title">
<h2 id="tasks-title">Tasks ${needed > 0 && html`<span class="pill waiting">${needed}</span>`}</h2>
${tasks.length === 0 && html`<p class="soft">Nobody is asked for anything now.</p>`}
${tasks.map((task) => taskBlock(view, task, reading))}
${folded(view).map((task) => foldedBlock(view, task, reading))}
</section>`
}

/** What stands beside every wait, folded; what cannot be made good comes last. */
const folded = ({ tasks }: OnboardingDocument): ShownTask[] =>
  tasks
    .filter((task) => standsOf(task) === 'beside')
    .toSorted((one, other) => Number(warnsOf(one)) - Number(warnsOf(other)))

function taskBlock(view: OnboardingDocument, shown: ShownTask, reading: PageReader): Html {
  const { name, asks, optional, since } = shown
  const task = taskNamed(name)
  return html`<div class="task" id="block-${name}">
<h3>${titleOf(shown)} ${optional === true && html`<span class="soft">(optional)</span>`}</h3>
<p>${asks}</p>
${stepList(stepsOf(shown))}
<p class="soft small">Asked of ${shown.for}, since ${moment(since, view.zone)} · <code>${name}</code></p>
${task && readings[kindOf(task).toRead](view, name)}
${task && taskFormOf(view, task, reading)}
</div>`
}

const stepList = (steps: readonly string[]): Html =>
  html`${steps.length > 0 && html`<ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>`}`

/** What is read before it is answered. */
const readings: Readonly<Record<TaskKindOf['toRead'], (view: OnboardingDocument, name: string) => Html>> = {
  plan: ({ id, planDigest }) =>
    html`<p><a href="/api/ui/onboardings/${id}/plan">Read the plan ${shortDigest(planDigest)}</a></p>`,
  // The exact text, to open in a mail program or to read.
  mail({ id }, name) {
    const mail = `/api/onboardings/${id}/mails/${name}`
    return html`<p><a href="${mail}">Download the mail (.eml)</a> · <a href="${mail}?format=txt">Read it</a></p>`
  },
  nothing: () => html``
}

function foldedBlock(view: OnboardingDocument, shown: ShownTask, reading: PageReader): Html {
  const { name, asks } = shown
  const task = taskNamed(name)
  return html`<div class="task"><details id="${name}-details"${reading.typed?.task === name && html` open`}><summary id="${name}-summary">${titleOf(
    shown
  )}…</summary>${!warnsOf(shown) && html`<p>${asks}</p>`}${task && taskFormOf(view, task, reading)}</details></div>`
}

/** A plain form: it posts without a script as well. Nothing where the reader may not answer, but who may. */
export function taskFormOf(view: OnboardingDocument, task: Task, { party, typed }: PageReader, quiet = false): Html {
  const refused = refusalOf(view, task, party)
  if (refused !== undefined) return html`<p class="soft">Not yours to answer. ${refused}</p>`
  const name = taskName(task)
  const { fields, action, warns } = kindOf(task).form
  const own = typed?.task === name ? typed : undefined
  const look = warns ? 'danger' : quiet ? 'quiet' : ''
  return html`<form method="post" action="/api/ui/onboardings/${view.id}/tasks/${name}" id="form-${name}">
${formFields(fields, { prefix: name, values: own?.values ?? {}, faults: own?.faults ?? [] })}
<button id="go-${name}" class="${look}">${action}</button>
</form>`
}

/** Whether a reader is in a group is asked when they answer. */
const refusalOf = (view: OnboardingDocument, task: Task, party: string): string | undefined =>
  groupsAsked(view, task).length > 0 ? undefined : whyNotBy(view, task, party)
