import type { Azure } from '../../azure/connect.ts'
import type { EvidenceBatch, EvidencePage } from '../../domain/views/documents.ts'
import type { Identity } from '../../domain/terms/evidence.ts'
import type { Library } from '../../contracts/library.ts'
import { sha256 } from '../../records/digests.ts'
import { handOffName, remainsName } from '../../records/hand-off.ts'
import { mailFileName } from '../../records/mail-file.ts'

/** Reads the stores for downloads. Not an activity: its content never enters history (decision 25). */
export const createLibrary = (azure: Azure): Library => ({
  handOff: (onboarding, format) => textOf(azure, handOffName(onboarding, format)),
  remains: (onboarding) => textOf(azure, remainsName(onboarding)),
  mail: (onboarding, task) => textOf(azure, mailFileName(onboarding, task)),
  evidence: (onboarding, after) => evidencePage(azure, onboarding, after)
})

async function textOf({ app }: Azure, name: string): Promise<string | undefined> {
  const { value } = await app.store.read({ container: 'records', name })
  return value && new TextDecoder().decode(value.bytes)
}

const identities: readonly Identity[] = ['app', 'slot-1', 'slot-2']

/** Batches of one page: each is one read. */
const pageSize = 60

async function evidencePage(azure: Azure, onboarding: string, after = ''): Promise<EvidencePage> {
  const names = await Promise.all(identities.map((store) => namesIn(azure, store, onboarding)))
  const rest = names.flat().filter((each) => keyOf(each) > after)
  const page = rest.slice(0, pageSize)
  const batches = await Promise.all(page.map((each) => batchAt(azure, each)))
  const last = page.at(-1)
  return rest.length > pageSize && last ? { batches, continuation: keyOf(last) } : { batches }
}

interface Place {
  readonly store: Identity
  readonly name: string
}

/** In the order of `identities` and of names. */
const keyOf = ({ store, name }: Place): string => `${store}:${name}`

async function namesIn(azure: Azure, store: Identity, onboarding: string): Promise<Place[]> {
  const { value } = await azure.store(store).list(containerOf(store), `${onboarding}/`)
  return value
    .filter((name) => store !== 'app' || isEvidence(name))
    .toSorted()
    .map((name) => ({ store, name }))
}

const containerOf = (store: Identity): 'records' | 'evidence' => (store === 'app' ? 'records' : 'evidence')

/** The records container holds more than evidence: sent mails, results of vaults, the hand-off. */
const isEvidence = (name: string): boolean => /^[^/]+\/(preflight|mail)\/[^/]+\/[^/]+\.json$/.test(name)

async function batchAt(azure: Azure, { store, name }: Place): Promise<EvidenceBatch> {
  const { value } = await azure.store(store).read({ container: containerOf(store), name })
  const text = new TextDecoder().decode(value?.bytes)
  return { store, name, sha256: sha256(text), records: JSON.parse(text) as EvidenceBatch['records'] }
}
