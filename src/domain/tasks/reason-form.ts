import { text, type FormField, type FormValues } from './form.ts'

interface ReasonForm {
  readonly fields: readonly FormField[]
  readonly toAnswer: (values: FormValues) => { readonly reason: string }
}

/** A form that asks why, and nothing else. */
export const reasonForm = (help: string): ReasonForm => ({
  fields: [{ name: 'reason', label: 'Reason', kind: 'line', required: true, help }],
  toAnswer: (values) => ({ reason: text(values, 'reason') })
})
