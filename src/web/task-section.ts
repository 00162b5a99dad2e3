import type { OnboardingDocument } from '../domain/views/documents.ts'
import type { Fault } from '../domain/terms/fault.ts'
import { sendTaskPattern } from '../domain/tasks/mail-tasks.ts'
import { taskForm, type FormValues } from '../domain/tasks/task-forms.ts'
import { taskSteps } from '../domain/tasks/task-steps.ts'
import { groupsAsked, whyNotBy } from '../domain/tasks/task-rules.ts'
import { isOfFinding } from '../domain/tasks/tasks.ts'
import { formFields } from './form-fields.ts'
import { html, type Html } from './html.ts'
import { moment } from './moment.ts'

type Task = OnboardingDocument['tasks'][number]

/** What is read beside the onboarding: who reads, and what they had typed into a form that was refused. */
export interface Reading {
  readonly reader: string
  readonly typed?: Typed
}

/** A form that was refused: what was typed and what is wrong with it. */
export interface Typed {
  readonly task: string
  readonly values: FormValues
  readonly faults: readonly Fault[]
}

/** The waiting tasks with their forms. `retry`, `override` and `mend` stand with their findings. */
export function taskSection(view: OnboardingDocument, reading: Reading): Html {
  const tasks = view.tasks.filter(({ name }) => !isOfFinding(name) && !/^cancel$|^replace-/.test(name))
  const needed = tasks.filter((task) => task.optional !== true).length
  return html`<section class="panel" id="tasks" aria-labelledby="tasks-title">
<h2 id="tasks-title">Tasks ${needed > 0 && html`<span class="pill waiting">${needed}</span>`}</h2>
${tasks.length === 0 && html`<p class="soft">Nobody is asked for anything now.</p>`}
${tasks.map((task) => taskBlock(view, task, reading))}
${view.tasks.filter((task) => task.name.startsWith('replace-')).map((task) => replaceBlock(view, task, reading))}
${view.tasks.some((task) => task.name === 'cancel') && cancelBlock(view, reading)}
</section>`
}

function taskBlock(view: OnboardingDocument, task: Task, reading: Reading): Html {
  return html`<div class="task" id="block-${task.name}">
<h3>${taskForm(task.name)?.title ?? task.name} ${task.optional === true && html`<span class="soft">(optional)</span>`}</h3>
<p>${task.asks}</p>
${stepList(taskSteps(task.name))}
<p class="soft small">Asked of ${task.for}, since ${moment(task.since, view.zone)} · <code>${task.name}</code></p>
${task.name.startsWith('approve-') && html`<p><a href="/api/ui/onboardings/${view.id}/plan">Read the plan ${view.planDigest.slice(0, 8)}</a></p>`}
${sendTaskPattern.test(task.name) && mailLinks(view, task)}
${taskFormOf(view, task.name, reading)}
</div>`
}

const stepList = (steps: readonly string[]): Html =>
  html`${steps.length > 0 && html`<ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>`}`

/** The exact text, to open in a mail program or to read. */
function mailLinks({ id }: OnboardingDocument, { name }: Task): Html {
  const mail = `/api/onboardings/${id}/mails/${name}`
  return html`<p><a href="${mail}">Download the mail (.eml)</a> · <a href="${mail}?format=txt">Read it</a></p>`
}

const replaceBlock = (view: OnboardingDocument, { name, asks }: Task, reading: Reading): Html =>
  html`<div class="task"><details id="${name}-details"${reading.typed?.task === name && html` open`}><summary id="${name}-summary">${
    taskForm(name)?.title
  }…</summary><p>${asks}</p>${taskFormOf(view, name, reading)}</details></div>`

const cancelBlock = (view: OnboardingDocument, reading: Reading): Html =>
  html`<div class="task"><details id="cancel-details"${reading.typed?.task === 'cancel' && html` open`}><summary id="cancel-summary">End this onboarding…</summary>
${taskFormOf(view, 'cancel', reading)}</details></div>`

/** A plain form: it posts without a script as well. Nothing where the reader may not answer, but who may. */
export function taskFormOf(view: OnboardingDocument, task: string, { reader, typed }: Reading, quiet = false): Html {
  const refused = refusalOf(view, task, reader)
  if (refused !== undefined) return html`<p class="soft">Not yours to answer. ${refused}</p>`
  const form = taskForm(task)
  if (!form) return html``
  const own = typed?.task === task ? typed : undefined
  const look = task === 'cancel' ? 'danger' : quiet ? 'quiet' : ''
  return html`<form method="post" action="/api/ui/onboardings/${view.id}/tasks/${task}" id="form-${task}">
${formFields(form.fields, { prefix: task, values: own?.values ?? {}, faults: own?.faults ?? [] })}
<button id="go-${task}" class="${look}">${form.action}</button>
</form>`
}

/** Whether a reader is in a group is asked when they answer. */
const refusalOf = (view: OnboardingDocument, task: string, reader: string): string | undefined =>
  groupsAsked(view, task).length > 0 ? undefined : whyNotBy(view, task, reader)
