import type { FormField, FormValues } from '../domain/tasks/form.ts'
import { html, type Html } from './html.ts'

export interface FieldState {
  /** Makes ids unique on a page of several forms. */
  readonly prefix: string
  readonly values: FormValues
  readonly faults: readonly { readonly path: string; readonly message: string }[]
}

/** The fields of a form, with what was wrong with the last try on top. */
export function formFields(fields: readonly FormField[], state: FieldState): Html {
  return html`${state.faults.length > 0 && faultList(state)}${fields.map((field) => fieldOf(field, state))}`
}

const faultList = ({ faults, prefix }: FieldState): Html => html`<div class="faults" role="alert" id="faults-${prefix}">
<p><b>Nothing was recorded.</b> Mend this and send it again:</p>
<ul class="plain">${faults.map(({ path, message }) => html`<li>${path !== '' && html`<code>${path}</code> `}${message}</li>`)}</ul></div>`

function fieldOf(field: FormField, { prefix, values, faults }: FieldState): Html {
  const id = `${prefix}-${field.name}`
  if (field.kind === 'confirm') {
    return html`<div class="field check"><input type="checkbox" id="${id}" name="${field.name}" value="yes" required><label for="${id}">${field.label}</label></div>`
  }
  const value = values[field.name] ?? ''
  const bad = faults.some(({ path }) => path.split('/')[1] === field.name)
  const rest = html`id="${id}" name="${field.name}"${field.required && html` required`}${
    field.help !== undefined && html` aria-describedby="${id}-help"`
  }${bad && html` aria-invalid="true"`} autocomplete="off"`
  return html`<div class="field"><label for="${id}">${field.label}${!field.required && html` <span class="soft">(optional)</span>`}</label>
${controlOf(field, rest, value)}
${field.help !== undefined && html`<div class="help" id="${id}-help">${field.help}</div>`}</div>`
}

function controlOf({ kind, choices = [] }: FormField, rest: Html, value: string): Html {
  if (kind === 'lines') return html`<textarea ${rest}>${value}</textarea>`
  if (kind !== 'choice')
    return html`<input ${kind === 'moment' && html`type="datetime-local" `}${rest} value="${value}">`
  return html`<select ${rest}><option value="">Choose…</option>${choices.map(
    (each) => html`<option value="${each.value}"${each.value === value && html` selected`}>${each.label}</option>`
  )}</select>`
}
