import type { NewDocument, RecordPlace, RecordStore, StoredDocument } from '../../src/contracts/record-store.ts'
import { AzureCallError } from '../../src/azure/errors.ts'
import type { Reading } from '../../src/domain/terms/reading.ts'

/** A store in memory, for what is asked of records and not of Azure; `present` is its clock, ISO 8601 UTC in whole seconds. */
export function memoryStore(present = () => '2026-11-23T17:00:00.000Z'): RecordStore {
  const documents = new Map<string, NewDocument & StoredDocument>()
  const held = new Set<string>()
  return {
    urlOf: async (place) => `memory://${keyOf(place)}`,
    putNew: async (place, document) => {
      if (documents.has(keyOf(place))) return reading({ created: false })
      const createdAt = present()
      documents.set(keyOf(place), { ...document, createdAt })
      return reading({ created: true, createdAt })
    },
    read: async (place) => reading(documents.get(keyOf(place))),
    properties: async (place) => {
      const document = documents.get(keyOf(place))
      if (!document) return reading(undefined)
      const { bytes, createdAt, metadata = {} } = document
      const seen = { url: `memory://${keyOf(place)}`, size: bytes.length, createdAt, metadata }
      return reading({ ...seen, immutabilityMode: undefined, immutableUntil: undefined })
    },
    list: async (container, prefix) => {
      const names = [...documents.keys()].filter((key) => key.startsWith(`${container}/${prefix}`))
      return reading(names.map((key) => key.slice(container.length + 1)).sort())
    },
    now: async () => reading(present()),
    withLease: async (name, work) => {
      if (held.has(name)) throw heldByAnother(name)
      held.add(name)
      try {
        return await work()
      } finally {
        held.delete(name)
      }
    }
  }
}

const keyOf = ({ container, name }: RecordPlace): string => `${container}/${name}`

const reading = <T>(value: T): Reading<T> => ({
  value,
  call: { operation: 'in memory', requestId: '', identity: 'app' }
})

const heldByAnother = (name: string) =>
  new AzureCallError(
    {
      kind: 'unavailable',
      service: 'Memory',
      call: { operation: `lock ${name}`, requestId: '', identity: 'app' },
      status: undefined,
      code: 'LeaseAlreadyPresent',
      retryAfterSeconds: undefined
    },
    undefined
  )
