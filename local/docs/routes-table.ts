import { descriptions } from '../../src/contracts/http/descriptions.ts'
import type { Description } from '../../src/contracts/http/description.ts'
import { operations } from '../../src/contracts/http/operations.ts'
import { entriesOf } from '../../src/domain/terms/entries.ts'

/** Every operation of the API, as the app itself registers it. */
export const routesTable = (): string =>
  [
    '| route | what it does |',
    '|---|---|',
    ...entriesOf(operations).map(
      ([id, { method, path, summary }]) => `| \`${method} /api/${path}${queryOf(descriptions[id])}\` | ${summary} |`
    )
  ].join('\n')

function queryOf({ query }: Description): string {
  const names = Object.keys(query?.shape ?? {})
  return names.length === 0 ? '' : `?${names.map((name) => `${name}=`).join('&')}`
}
