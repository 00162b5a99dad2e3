import { InvalidArgumentError } from 'commander'
import type { PersonAzure } from '../src/azure/connect-person.ts'
import type { Slot } from '../src/domain/terms/evidence.ts'
import type { Outside } from './outside.ts'
import { CkeyError, exitCodes } from './report.ts'

export interface SlotOptions {
  readonly slot: Slot
  readonly store?: string
}

/** One slot only: nobody exports or restores the keys of both (R11). */
export function readSlot(value: string): Slot {
  if (value === '1' || value === '2') return value === '1' ? 1 : 2
  throw new InvalidArgumentError('Give 1 or 2.')
}

/** Azure as the person sees it who is signed in with `az login`. Its clients are loaded here, by the commands that need them. */
export async function asPerson({ slot, store }: SlotOptions, { env }: Outside): Promise<PersonAzure> {
  const setting = `CKEY_SLOT${slot}_STORE_URL`
  const storeUrl = (store ?? env[setting] ?? '').replace(/\/+$/, '')
  if (/^https:\/\/[a-z0-9]{3,24}\.blob\.core\.windows\.net$/.test(storeUrl)) {
    const { connectPerson, personsCredential } = await import('../src/azure/connect-person.ts')
    return connectPerson({ slot, storeUrl, credential: personsCredential() })
  }
  throw new CkeyError(
    `The store of slot ${slot} is not known: "${storeUrl}" is no blob endpoint. Give --store https://<account>.blob.core.windows.net, ` +
      `or set ${setting}.`,
    exitCodes.unusable
  )
}
