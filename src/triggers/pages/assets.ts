import type { HttpResponseInit } from '@azure/functions'
import { once } from '../../lazily.ts'
import { whenChanged } from '../http/conditional.ts'
import { refusal } from '../http/http.ts'
import { liveScript, styleSheet } from './browser-files.ts'
import type { PageWork } from './page-route.ts'

const script = once(liveScript)
const style = once(styleSheet)

const assets: Readonly<Partial<Record<string, () => HttpResponseInit>>> = {
  'style.css': () => ({ headers: { 'content-type': 'text/css; charset=utf-8' }, body: style() }),
  'live.js': () => ({ headers: { 'content-type': 'text/javascript; charset=utf-8' }, body: script() })
}

/** `GET /api/ui/assets/{file}`: the style sheet and the script, from the app itself. */
export const asset: PageWork<'asset'> = async ({ request, params }) => {
  const found = assets[params.file]
  if (!found) throw refusal({ code: 'no-such-file', title: 'There is no such file', detail: 'Reload the page.' })
  return whenChanged(request, async () => found())
}
