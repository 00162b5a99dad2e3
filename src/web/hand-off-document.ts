import type { HandOff } from '../domain/hand-off/hand-off.ts'
import { handOffMarkdown } from '../domain/hand-off/hand-off-markdown.ts'
import { html, type Html } from './html.ts'

/** The hand-off to read and print: the Markdown it is written in, laid out. No script, no style from elsewhere. */
export function handOffHtml(handOff: HandOff, zone: string): string {
  const blocks = blocksOf(handOffMarkdown(handOff, zone).split('\n'))
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Customer Key for ${handOff.organization.domain}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/api/ui/assets/style.css"></head>
<body><main class="document">${blocks}</main></body></html>
`.html
}

/** Only what `handOffMarkdown` writes: headings, lists of two levels, fences, one kind of table, paragraphs. */
function blocksOf(lines: readonly string[]): Html[] {
  const blocks: Html[] = []
  for (let at = 0; at < lines.length; ) {
    const run = runAt(lines, at)
    blocks.push(run.block)
    at += run.length
  }
  return blocks
}

interface Run {
  readonly block: Html
  readonly length: number
}

function runAt(lines: readonly string[], at: number): Run {
  const line = lines[at] ?? ''
  const taken = (pattern: RegExp): string[] => {
    const end = lines.findIndex((each, index) => index >= at && !pattern.test(each))
    return lines.slice(at, end < 0 ? undefined : end)
  }
  if (line.startsWith('```')) {
    const end = lines.indexOf('```', at + 1)
    return { block: html`<pre>${lines.slice(at + 1, end).join('\n')}</pre>`, length: end - at + 1 }
  }
  if (/^\s*- /.test(line)) {
    const items = taken(/^\s*- /)
    return {
      block: html`<ul class="plain">${items.map((item) => html`<li${item.startsWith(' ') && html` class="inner"`}>${inline(item.replace(/^\s*- /, ''))}</li>`)}</ul>`,
      length: items.length
    }
  }
  if (line.startsWith('|')) {
    const rows = taken(/^\|/)
    return { block: table(rows), length: rows.length }
  }
  if (line.startsWith('## ')) return { block: html`<h2>${inline(line.slice(3))}</h2>`, length: 1 }
  if (line.startsWith('# ')) return { block: html`<h1>${inline(line.slice(2))}</h1>`, length: 1 }
  return { block: line.trim() === '' ? html`` : html`<p>${inline(line.trim())}</p>`, length: 1 }
}

function table([head = '', , ...rows]: readonly string[]): Html {
  const cells = (row: string): Html[] =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => inline(cell.trim()))
  return html`<div class="wide"><table><thead><tr>${cells(head).map((cell) => (cell.html === '' ? html`<td></td>` : html`<th scope="col">${cell}</th>`))}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${cells(row).map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`
}

const inline = (text: string): Html =>
  html`${text
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .map((part) =>
      part.startsWith('`')
        ? html`<code>${part.slice(1, -1)}</code>`
        : part.startsWith('**')
          ? html`<strong>${part.slice(2, -2)}</strong>`
          : html`${part.replaceAll(/\\([\\`*_[\]<>|#])/g, '$1')}`
    )}`
