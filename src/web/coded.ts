import { html, type Html } from './html.ts'

/** A text whose commands stand between backticks. */
export const coded = (text: string): Html =>
  html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`
