import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { messageOf } from './log.ts'

export interface AppFiles {
  /** Where host.json and local.settings.json are. */
  readonly root: string
  /** The modules that register functions, in order. */
  readonly modules: readonly string[]
}

/** `app` is a module, or a folder whose package.json names one or a pattern in `main`, as Azure Functions takes it. */
export function findApp(app: string): AppFiles {
  const path = resolve(app)
  if (!statSync(path, { throwIfNoEntry: false }))
    throw new Error(`There is no app at ${path}. Give --app a module or a folder with a package.json.`)
  if (statSync(path).isFile()) return { root: folderAbove(path, 'host.json') ?? dirname(path), modules: [path] }
  const main = readJson(join(path, 'package.json'))
  const pattern =
    typeof main === 'object' && main !== null && 'main' in main && typeof main.main === 'string' ? main.main : undefined
  if (!pattern)
    throw new Error(
      `${join(path, 'package.json')} has no "main". Let it name the app's module or a pattern of modules.`
    )
  const modules = globSync(pattern, { cwd: path })
    .toSorted()
    .map((file) => join(path, file))
  if (modules.length === 0)
    throw new Error(
      `"main": "${pattern}" of ${join(path, 'package.json')} matches no file. Build the app, or correct it.`
    )
  return { root: path, modules }
}

let loads = 0

/** Each time anew, as each worker does; what the modules import is loaded once. */
export async function loadModules(modules: readonly string[]): Promise<void> {
  const again = loads === 0 ? '' : `?start=${String(loads)}`
  loads += 1
  for (const module of modules) await import(`${pathToFileURL(module).href}${again}`)
}

/** Undefined when there is no such file. */
export function readJson(file: string): unknown {
  if (!statSync(file, { throwIfNoEntry: false })) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new Error(`${file} is not JSON: ${messageOf(error)}. Correct it.`, { cause: error })
  }
}

/** `Values` of local.settings.json; none when there is no such file. */
export function localSettings(root: string): Record<string, string> {
  const settings = readJson(join(root, 'local.settings.json'))
  const values: unknown =
    typeof settings === 'object' && settings !== null && 'Values' in settings ? settings.Values : undefined
  return typeof values === 'object' && values !== null
    ? Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
    : {}
}

function folderAbove(from: string, file: string): string | undefined {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    if (statSync(join(folder, file), { throwIfNoEntry: false })) return folder
    if (folder === dirname(folder)) return undefined
  }
}
