/** The language of templates, as far as rules of Azure Policy use it: calls, texts, numbers, and ways into what they give. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'into'; readonly of: Expression; readonly key: Expression }

/** What stands between the brackets; undefined where it is no expression. */
export function parse(text: string): Expression | undefined {
  const tokens = text.match(/'(?:[^']|'')*'|-?\d+(?:\.\d+)?|[A-Za-z_]\w*|[()[\],.]|\S/g) ?? []
  let at = 0
  const accept = (token: string): boolean => tokens[at] === token && at++ >= 0

  function whole(): Expression | undefined {
    let found = first()
    while (found) {
      const key = accept('.') ? literal(tokens[at++]) : accept('[') ? closed(whole(), ']') : 'end'
      if (key === 'end') return found
      found = key && { kind: 'into', of: found, key }
    }
    return undefined
  }

  function first(): Expression | undefined {
    const token = tokens[at++] ?? ''
    if (accept('(')) return args(token)
    if (token.startsWith("'")) return literal(token.slice(1, -1).replaceAll("''", "'"))
    return /^-?\d/.test(token) ? { kind: 'literal', value: Number(token) } : undefined
  }

  function args(name: string): Expression | undefined {
    const found: Expression[] = []
    if (accept(')')) return { kind: 'call', name: name.toLowerCase(), args: found }
    do {
      const arg = whole()
      if (!arg) return undefined
      found.push(arg)
    } while (accept(','))
    return closed({ kind: 'call', name: name.toLowerCase(), args: found }, ')')
  }

  const closed = (found: Expression | undefined, by: string): Expression | undefined => (accept(by) ? found : undefined)

  const found = whole()
  return at === tokens.length ? found : undefined
}

const literal = (value: string | undefined): Expression | undefined =>
  value === undefined ? undefined : { kind: 'literal', value }
