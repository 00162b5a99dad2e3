import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'

/**
 * The page's own files as a browser takes them. From the sources they are read, and the script's types taken out, when
 * they are first asked for; the bundle has the texts in the stead of this file (`local/bundle.ts`), so that what is
 * deployed reads nothing.
 */
export const liveScript = (): string => stripTypeScriptTypes(read('live.ts'))
export const styleSheet = (): string => read('style.css')

const read = (file: string): string => readFileSync(new URL(`../../web/browser/${file}`, import.meta.url), 'utf8')
