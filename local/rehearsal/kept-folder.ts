import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { canonicalJson } from '../../src/domain/terms/digest.ts'
import type { World } from '../azure/core/world.ts'
import { writeWhole } from '../azure/core/write-whole.ts'

export const hostStateIn = (folder: string): string => join(folder, 'host.sqlite')
export const azureStateIn = (folder: string): string => join(folder, 'azure')
const azureFileIn = (folder: string): string => join(azureStateIn(folder), 'azure.sqlite')

/** A kept folder belongs to one request: its Azure was made for that one. Throws where it is another's, or not all there. */
export function claimFolder(keep: string, request: OnboardingRequest): void {
  const folder = resolve(keep)
  const file = join(folder, 'request.json')
  const content = canonicalJson(request)
  const present = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (present === content) return
  if (present !== '')
    throw new Error(`${keep} holds the rehearsal of another request. Give that request again, or another folder.`)
  for (const state of [azureFileIn(folder), hostStateIn(folder)]) if (holdsAnything(state)) throw gap(file, state)
  writeWhole(file, content)
}

/** Throws where a host is there and its Azure is gone: the rehearsal would go on in one that never heard of it. */
export function refuseLostAzure(folder: string): void {
  const host = hostStateIn(folder)
  if (holdsAnything(host) && !holdsAnything(azureFileIn(folder))) throw gap(azureFileIn(folder), host)
}

/** Throws where the host that belongs to this Azure is gone: the next one would have forgotten all that it was doing. */
export function refuseLostHost(folder: string, world: World): void {
  const host = hostStateIn(folder)
  const noted = notes(world).get('host')?.born
  if (noted === undefined || (holdsAnything(host) && bornIn(host) === noted)) return
  throw gap(host, azureFileIn(folder))
}

/** Notes which host's state belongs to this Azure, once there is one. */
export function noteHost(folder: string, world: World): void {
  if (notes(world).has('host')) return
  const born = bornIn(hostStateIn(folder))
  if (born !== undefined) notes(world).set('host', { born })
}

const notes = (world: World) => world.collection<{ born: string }>('rehearsal')

const holdsAnything = (file: string): boolean => existsSync(file) && statSync(file).size > 0

/** What a host wrote into its state when it made it; undefined where no host did. */
function bornIn(file: string): string | undefined {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const born = database.prepare("SELECT value FROM meta WHERE key = 'born'").get()?.['value']
    return typeof born === 'string' ? born : undefined
  } catch {
    return undefined // no table, or no database: the host itself says what is wrong with it
  } finally {
    database.close()
  }
}

function gap(missing: string, present: string): Error {
  const what = !existsSync(missing) ? 'missing' : statSync(missing).size === 0 ? 'empty' : 'not the one that was there'
  return new Error(
    `${missing} is ${what}, and ${present} holds a rehearsal that has begun: without both it cannot go on. ` +
      'Put the file back, or begin again in another folder.'
  )
}
