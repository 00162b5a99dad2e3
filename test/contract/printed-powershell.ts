import { globSync, readFileSync } from 'node:fs'
import { advice } from '../../src/domain/hand-off/hand-off-advice.ts'
import { handOff } from '../../src/domain/hand-off/hand-off.ts'
import { microsoftOutcomeNames } from '../../src/domain/tasks/microsoft-outcomes.ts'
import { askedOf } from '../../src/domain/tasks/task-kinds.ts'
import { aliasEmail, featuresOf } from '../../src/domain/mails/alias-email.ts'
import { askedOfMicrosoft, offersOf, planOf, threeWorkloads } from '../domain/examples.ts'
import { finished } from '../domain/finished.ts'

const sharePointOf = { adminUrl: 'https://contoso-admin.sharepoint.com' }
const request = threeWorkloads()
const policies = request.policies.map((policy) =>
  policy['workload'] === 'sharepoint' ? { ...policy, ...sharePointOf } : policy
)
const plan = planOf({ ...request, policies })

/** What a hand-off has people paste, block by block. */
export const blocks: readonly string[] = handOff({
  plan,
  facts: finished(plan),
  at: '2027-01-01T08:00:00.000Z'
}).policies.flatMap(({ validate, commands }) =>
  [...(validate ? [validate] : []), ...commands].map(({ lines }) => lines.join('\n'))
)

const about = askedOfMicrosoft(plan)

const states = { 1: 'Pending', 2: 'Pending' } as const

/** Texts with commands in their sentences: all runbooks, which are made of every check, and what else is said. */
const texts: readonly string[] = [
  ...globSync('docs/{*.md,runbooks/*.md}').map((file) => readFileSync(file, 'utf8')),
  ...microsoftOutcomeNames.map((outcome) => askedOf({ kind: 'microsoft-answered' }, { ...about, last: { outcome } })),
  ...Object.values(advice(plan)).flat(),
  aliasEmail({ plan, workload: 'exchange', offers: offersOf(plan), features: featuresOf(plan, states) }).text
]

const cmdlet =
  /\b(?:Add|Backup|Connect|Get|Import|Install|New|Register|Remove|Restore|Select|Set|Test|Undo|Update)-[A-Z][A-Za-z0-9]{3,}/

/** The commands that stand in sentences. */
export const inline: readonly string[] = [...new Set(texts.flatMap(commandsIn))]

function commandsIn(text: string): string[] {
  return [...text.matchAll(new RegExp(cmdlet, 'g'))].flatMap(({ index }) => {
    const command = untilItsEnd(text.slice(index))
    return /^Get-Date/.test(command) || text.slice(0, index).endsWith('Get-Help ') ? [] : [command]
  })
}

/** A command in a sentence ends with its words: where a bracket closes that it did not open, or the sentence goes on. */
function untilItsEnd(text: string): string {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const rest = text.slice(at)
    if (text[at] === '(' && /^\((az|Register)/.test(rest)) return text.slice(0, at).trim()
    if (text[at] === '(') depth++
    else if (text[at] === ')' && depth-- === 0) return text.slice(0, at).trim()
    if (depth === 0 && /^([;`\n|']|, |:[ \n]|\.( |$|\n|')| and | for | says | lays | prints | lists)/.test(rest)) {
      if (!rest.startsWith("'") || !/-\w+ $/.test(text.slice(0, at))) return text.slice(0, at).trim()
      at += rest.indexOf("'", 1)
    }
  }
  return text.trim()
}
