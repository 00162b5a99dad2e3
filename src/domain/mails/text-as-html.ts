import { escapeHtml } from '../terms/escape-html.ts'
import { htmlMail } from './mail-body.ts'

/** A plain mail for programs that show HTML: the same words, and what is laid out by spaces left as it is. */
export const textAsHtml = (text: string): string =>
  htmlMail(
    text
      .trimEnd()
      .split(/\n{2,}/)
      .map((part) => (isLaidOut(part) ? `<pre>${escapeHtml(part)}</pre>` : `<p>${escapeHtml(part)}</p>`))
  )

const isLaidOut = (part: string): boolean => part.split('\n').some((line) => / {2}/.test(line))
