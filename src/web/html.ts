import { escapeHtml } from '../domain/terms/escape-html.ts'

/** Text that is HTML already. */
export interface Html {
  readonly html: string
}

export type Part = Html | string | number | false | null | undefined | readonly Part[]

/** Whatever is put in is text, and shown as such; only `Html` and lists of it stay what they are. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: literals.reduce((all, literal, index) => all + textOf(parts[index - 1]) + literal) }
}

function textOf(part: Part): string {
  if (part === undefined || part === null || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'html' in part ? part.html : part.map(textOf).join('')
}
