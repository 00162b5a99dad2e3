import { Temporal } from 'temporal-polyfill'

/** One thing a task asks for. Page and command line make their forms and prompts of these. */
export interface FormField {
  /** Name in a form. */
  readonly name: string
  /** On the command line, where it is not the name: `--officer`. */
  readonly flag?: string
  readonly label: string
  readonly help?: string
  /** `lines`: one each; on the command line the flag may be repeated. */
  readonly kind: 'line' | 'lines' | 'moment' | 'confirm' | 'choice'
  /** What there is to choose from, where it is a choice. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
  readonly required: boolean
}

/** What is typed, by the names of fields. */
export type FormValues = Readonly<Partial<Record<string, string>>>

export interface FormContext {
  readonly planDigest: string
  /** IANA zone of moments written without one. */
  readonly zone: string
}

/** What was typed, without spaces around it; empty where nothing was. */
export const text = (values: FormValues, name: string): string => values[name]?.trim() ?? ''

/** The same as a property, absent where nothing was typed. */
export function given(values: FormValues, name: string): Record<string, string> {
  const value = text(values, name)
  return value === '' ? {} : { [name]: value }
}

/** `Name <address>`, or an address alone. What is neither stays as it is, for the schema to refuse. */
export function officerOf(line: string): { name: string; email: string }[] {
  const trimmed = line.trim()
  if (trimmed === '') return []
  const [, name = trimmed, email = trimmed] = /^(.*?)\s*<([^<>]*)>$/.exec(trimmed) ?? []
  return [{ name: name === '' ? email : name, email }]
}

/** A moment without an offset is local to the zone. What cannot be read stays, for the schema to refuse. */
export function momentOf(said: string, zone: string): { at?: string } {
  if (said === '') return {}
  if (/(Z|[+-]\d\d:?\d\d)$/.test(said)) return { at: said }
  try {
    const local = Temporal.PlainDateTime.from(said.replace(' ', 'T')).toZonedDateTime(zone)
    return { at: local.toInstant().toString({ fractionalSecondDigits: 3 }) }
  } catch {
    return { at: said }
  }
}
