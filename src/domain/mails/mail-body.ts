import { escapeHtml } from '../terms/escape-html.ts'

/** A part of a mail: a paragraph, a list, a link, or another mail that is quoted. */
export type Block =
  | string
  | { readonly list: readonly string[] }
  | { readonly label: string; readonly link: string }
  | { readonly quote: string }

/** A mail in both forms, to whom it goes, and who sees it. */
export interface OutgoingText {
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** The same mail twice, for programs that show HTML and for those that do not. A banner stands first in both. */
export const mailBody = (blocks: readonly Block[], banner?: string): { text: string; html: string } => ({
  text: `${[...(banner === undefined ? [] : [banner]), ...blocks.map(plain)].join('\n\n')}\n`,
  html: htmlMail([
    ...(banner === undefined ? [] : [`<p><strong>${escapeHtml(banner)}</strong></p>`]),
    ...blocks.map(marked)
  ])
})

/** The frame of every mail in HTML around parts that are HTML already. */
export const htmlMail = (parts: readonly string[]): string =>
  [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"></head>',
    '<body style="font:15px/1.5 system-ui,sans-serif;max-width:44em">',
    ...parts,
    '</body></html>'
  ].join('\n')

function plain(block: Block): string {
  if (typeof block === 'string') return block
  if ('list' in block) return block.list.map((item) => `  ${item}`).join('\n')
  if ('link' in block) return `${block.label}: ${block.link}`
  return lines(block.quote)
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')
}

function marked(block: Block): string {
  if (typeof block === 'string') return `<p>${escapeHtml(block)}</p>`
  if ('list' in block) return `<ul>${block.list.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`
  if ('link' in block) return `<p><a href="${escapeHtml(block.link)}">${escapeHtml(block.label)}</a></p>`
  return `<blockquote><pre>${escapeHtml(lines(block.quote).join('\n'))}</pre></blockquote>`
}

const lines = (text: string): string[] => text.trimEnd().split('\n')
