/** Every az command that stands in a text: in a block, between backquotes, or in a sentence. */
export function commandsIn(text: string): string[] {
  const joined = text.replaceAll(/ \\\n\s*/g, ' ') // a block may break a command over lines
  const found: string[] = []
  let after = 0
  for (const { index } of joined.matchAll(/(?<![\w./$-])az (?=[a-z])/g)) {
    if (index < after) continue // within the one before: $(az …)
    const command = untilItsEnd(joined.slice(index), isALine(joined, index))
    after = index + command.length
    found.push(command)
  }
  return found.filter((command) => !/^az has /.test(command)) // “az has to be signed in”
}

/** A line of its own in a block of commands. */
function isALine(text: string, index: number): boolean {
  const before = text.slice(0, index)
  return (before.match(/^```/gm) ?? []).length % 2 === 1 && /(^|\n)$/.test(before)
}

/** How a sentence goes on after a command. */
const goesOn =
  /^(?:[;\n`]|, (?!--)|\.(?: |$|\n)|: | {2,}| (?:[(—#]|(?:and|asks|deploys|for|has|in|lists|of|on|or|says|shows|takes|to|with)\b))/

function untilItsEnd(text: string, isLine: boolean): string {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const rest = text.slice(at)
    const [quoted] = /^"(?:\$\((?:[^()"]|"[^"]*")*\)|[^"\\]|\\.)*"|^'[^']*'/.exec(rest) ?? []
    if (quoted !== undefined) at += quoted.length - 1
    else if (rest.startsWith('$(')) {
      depth++
      at++
    } else if (depth > 0 && rest.startsWith(')')) depth--
    else if (depth === 0 && (/^ ?[()]/.test(rest) || (isLine ? /^(?:\n| +#)/ : goesOn).test(rest)))
      return text.slice(0, at).trim()
  }
  return text.trim()
}
