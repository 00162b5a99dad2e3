import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { parsedJson } from '../src/domain/terms/parsed-json.ts'
import { CkeyError, exitCodes } from './report.ts'

/** Where an app is and who acts, under a name: what `--url`, `--audience` and `--as` would say. */
export const profile = z.strictObject({
  url: z.url({ error: 'is no address; give one like https://ckey-app.azurewebsites.net' }),
  audience: z.string().min(1).optional(),
  as: z.string().min(1).optional()
})
export type Profile = z.output<typeof profile>

const profiles = z.strictObject({
  /** The one that holds where none is named. */
  profile: z.string().optional(),
  profiles: z.record(z.string(), profile)
})
export type Profiles = z.output<typeof profiles>

type Environment = Readonly<Record<string, string | undefined>>

/** The file of the profiles: `CKEY_CONFIG`, else where this system keeps configuration; undefined where there is no home. */
export function profilesFile(env: Environment): string | undefined {
  if (env['CKEY_CONFIG']) return env['CKEY_CONFIG']
  const home = env['HOME'] ?? env['USERPROFILE']
  const folder = env['XDG_CONFIG_HOME'] ?? env['APPDATA'] ?? (home === undefined ? undefined : join(home, '.config'))
  return folder === undefined ? undefined : join(folder, 'ckey', 'config.json')
}

/** @throws CkeyError naming every fault of the file. */
export function readProfiles(env: Environment): Profiles {
  const file = profilesFile(env)
  const text = file === undefined ? undefined : textOf(file)
  if (file === undefined || text === undefined) return { profiles: {} }
  const read = profiles.safeParse(parsedJson(text))
  if (read.success) return read.data
  const faults = read.error.issues.map(({ path, message }) => `  ${path.map(String).join('.') || '/'}  ${message}`)
  throw new CkeyError(
    [`${file} cannot be used as ckey’s configuration. Mend it, or move it away:`, ...faults].join('\n'),
    exitCodes.unusable
  )
}

/** The profile of that name, or the one that holds where none is named. @throws CkeyError if there is none of that name. */
export function profileOf(env: Environment, named = env['CKEY_PROFILE']): Profile | undefined {
  const { profile: usual, profiles: all } = readProfiles(env)
  const name = named ?? usual
  return name === undefined ? undefined : profileNamed(all, name)
}

export function profileNamed(all: Profiles['profiles'], name: string): Profile {
  const found = Object.hasOwn(all, name) ? all[name] : undefined
  if (found) return found
  const names = Object.keys(all)
  throw new CkeyError(
    `There is no profile ${name}. ${names.length === 0 ? 'There are none yet' : `There are ${names.join(', ')}`}: ` +
      'ckey profile add NAME --url URL makes one.',
    exitCodes.unusable
  )
}

export function writeProfiles(env: Environment, all: Profiles): string {
  const file = profilesFile(env)
  if (file === undefined)
    throw new CkeyError('No home folder is known here. Set CKEY_CONFIG to a file.', exitCodes.unusable)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, `${JSON.stringify(all, undefined, 2)}\n`)
  renameSync(`${file}.new`, file)
  return file
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
