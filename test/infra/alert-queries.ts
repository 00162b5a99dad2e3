import { readFileSync } from 'node:fs'

/** A row of Application Insights, of a table's columns that our queries may name. */
export interface Row {
  readonly table: 'traces' | 'requests'
  readonly columns: Readonly<Record<string, string>>
}

/** https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete: of each table what our queries may name. */
const columns = { traces: ['message'], requests: ['name', 'success'] } as const

interface Snapshot {
  readonly predictedResources: readonly {
    readonly type: string
    readonly name: string
    readonly properties?: {
      readonly scopes?: readonly string[]
      readonly criteria?: { readonly allOf: readonly { query: string }[] }
    }
  }[]
}

/** By the end of each rule's name, as they would be deployed. */
export function alertQueries(): ReadonlyMap<string, string> {
  const { predictedResources } = JSON.parse(readFileSync('infra/snapshots/main.snapshot.json', 'utf8')) as Snapshot
  const rules = predictedResources.filter(({ type }) => type === 'Microsoft.Insights/scheduledQueryRules')
  const queries = rules.map(({ name, properties }) => {
    return [name.replace('alert-contoso-ck-', ''), properties?.criteria?.allOf[0]?.query ?? ''] as const
  })
  return new Map(queries.filter(([, query]) => /^(traces|requests) /.test(query)))
}

/** What a rule is about that would fire on these rows. Knows the operators that our queries use, and throws at any other. */
export function firesOn(query: string, rows: readonly Row[]): readonly string[] {
  const [table = '', ...operators] = query.split(' | ')
  let left = rows.filter((row) => row.table === table).map((row) => row.columns)
  const known: string[] = [...columns[table === 'requests' ? 'requests' : 'traces']]
  for (const operator of operators) {
    const [, named = '', definition = ''] = /^(?:extend|summarize) (\w+) = (.*)$/.exec(operator) ?? []
    if (operator.startsWith('summarize')) left = [{ [named]: String(left.length) }]
    else if (operator.startsWith('extend'))
      left = left.map((row) => ({ ...row, [named]: valueOf(definition, row, known) }))
    else if (operator.startsWith('where')) left = left.filter((row) => holds(operator.slice(6), row, known))
    else throw new Error(`The query does ${operator}, which test/infra/alert-queries.ts does not know. Teach it.`)
    known.push(named)
  }
  return left.map((row) => row['about'] ?? '')
}

function holds(condition: string, row: Row['columns'], known: readonly string[]): boolean {
  for (const [word, every] of [
    [' or ', false],
    [' and ', true]
  ] as const) {
    const parts = condition.split(word)
    if (parts.length > 1) return parts[every ? 'every' : 'some']((part) => holds(part, row, known))
  }
  const [, left = '', operator = '', right = ''] = /^(.*) (startswith|==|>) (.*)$/.exec(condition) ?? []
  const value = valueOf(left, row, known)
  if (operator === 'startswith') return value.toLowerCase().startsWith(literal(right).toLowerCase())
  return operator === '==' ? value === literal(right) : Number(value || Number.NaN) > Number(right)
}

function valueOf(expression: string, row: Row['columns'], known: readonly string[]): string {
  const [, inner] = /^toint\((.*)\)$/.exec(expression) ?? []
  if (inner !== undefined) return valueOf(inner, row, known)
  const [, pattern, column = expression] = /^extract\("(.*)", 1, (\w+)\)$/.exec(expression) ?? []
  if (/^".*"$/.test(expression)) return literal(expression)
  if (!known.includes(column)) throw new Error(`The query names ${column}, which the table does not have.`)
  const value = row[column] ?? ''
  return pattern === undefined ? value : (new RegExp(pattern).exec(value)?.[1] ?? '')
}

const literal = (written: string): string => written.replace(/^"(.*)"$/, '$1')
