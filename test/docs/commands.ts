import { globSync, readFileSync } from 'node:fs'

/** A command that somebody is told to run, or that a machine runs, and where it stands. */
export interface Told {
  readonly where: string
  readonly words: readonly string[]
  /** Between backquotes in a sentence: it may name a command without what it takes. */
  readonly isNamed: boolean
}

const documents = globSync(['*.md', 'docs/**/*.md', '{local,test,samples,bench}/**/*.md'], {
  exclude: (name) => name.includes('node_modules')
})
const read = (file: string): string => readFileSync(file, 'utf8')

/** Text of every block of commands: of a page its blocks for a shell, of azd its hooks, of CI its steps. */
export const blocks: readonly { readonly where: string; readonly text: string }[] = [
  ...documents.flatMap((where) =>
    [...read(where).matchAll(/^ *```(?:sh|bash|powershell|pwsh)\n(.*?)^ *```$/gms)].map(([, text = '']) => ({
      where,
      text
    }))
  ),
  ...[...read('azure.yaml').matchAll(/\brun: (.*) \}$/gm)].map(([, text = '']) => ({ where: 'azure.yaml', text })),
  ...globSync('.github/workflows/*.yml').flatMap((where) =>
    [...read(where).matchAll(/^ *- run: (.*)$/gm)].map(([, text = '']) => ({ where, text }))
  ),
  ...[...read('.devcontainer/devcontainer.json').matchAll(/Command": "(.*)"/g)].map(([, text = '']) => ({
    where: '.devcontainer/devcontainer.json',
    text
  }))
]

/** Between backquotes in a sentence. */
const inline = documents.flatMap((where) =>
  [...read(where).matchAll(/`((?:npx )?(?:azd|ckey|gh|npm) [^`\n]+)`/g)].map(([, text = '']) => ({
    where,
    text,
    isNamed: true
  }))
)

/** A shell's own words: what they lead to is a command of its own. */
const leads = /^(?:(?:then|do|else|if|for \w+ in [^;]*;? ?do|sudo|npx|\$\w+ =) )+/

function commandsOf(text: string): string[] {
  const quoted: string[] = []
  const masked = text
    .replaceAll(/(?:^|\s)# .*$/gm, '') // for people
    .replaceAll(
      /'[^']*'|"(?:\$\((?:[^()"]|"[^"]*")*\)|[^"\\]|\\.)*"/g,
      (each) => `\u0001${String(quoted.push(each) - 1)}\u0001`
    )
    .replaceAll(/ \\\n\s*/g, ' ')
  const whole = (each: string) => each.replaceAll(/\u0001(\d+)\u0001/g, (_, at: string) => quoted[Number(at)] ?? '')
  const inner = [...text.matchAll(/\$\(((?:[^()"']|"[^"]*"|'[^']*')*)\)/g)].map(([, each = '']) => each)
  const outer = masked.replaceAll(/\$\([^()]*\)/g, 'SUBSTITUTED')
  return [...inner, ...outer.split(/\n| && | \|\| |; | \| | & ?$/m)]
    .map((each) => whole(each).trim().replace(leads, ''))
    .filter((each) => !/^(?:$|\}|do\b|foreach\b|done\b|fi\b|for\b|exit\b)/.test(each) && !isAssignment(each))
}

const isAssignment = (command: string): boolean => wordsOf(command).every((word) => /^\w+=/.test(word))

const wordsOf = (command: string): string[] =>
  (command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []).map((word) => word.replaceAll(/^['"]|['"]$/g, ''))

export const told: readonly Told[] = [...blocks.map((block) => ({ ...block, isNamed: false })), ...inline].flatMap(
  ({ where, text, isNamed }) => commandsOf(text).map((command) => ({ where, words: wordsOf(command), isNamed }))
)
