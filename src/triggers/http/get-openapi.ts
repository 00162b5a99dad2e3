import { sha256 } from '../../sha256.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'

let description: Promise<object> | undefined

/** `GET /api/openapi.json`: the API's description. Made when it is first asked for: schemas and all, it is work. */
export const getOpenApi: Handler<'getDescription'> = async () => json(200, await (description ??= describe()))

async function describe(): Promise<object> {
  const { openApi } = await import('../../contracts/http/openapi.ts')
  return openApi(sha256)
}
