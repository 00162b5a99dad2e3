import { openApi } from '../domain/openapi.ts'
import { json, route, sha256 } from './http.ts'

const description = openApi(sha256)

/** `GET /api/openapi.json`: the API's description. */
export const getOpenApi = route(async () => json(200, description))
