import type { NewDocument, RecordPlace, RecordStore } from '../../src/contracts/record-store.ts'
import { AzureCallError } from '../../src/azure/errors.ts'
import type { Reading } from '../../src/domain/terms/reading.ts'

/** A store in memory, for what is asked of records and not of Azure. */
export function memoryStore(): RecordStore {
  const documents = new Map<string, NewDocument>()
  const held = new Set<string>()
  return {
    urlOf: async (place) => `memory://${keyOf(place)}`,
    putNew: async (place, document) => {
      const created = !documents.has(keyOf(place))
      if (created) documents.set(keyOf(place), document)
      return reading({ created })
    },
    read: async (place) => reading(documents.get(keyOf(place))),
    properties: async (place) => {
      const document = documents.get(keyOf(place))
      const { bytes, metadata = {} } = document ?? { bytes: new Uint8Array() }
      const seen = { url: `memory://${keyOf(place)}`, size: bytes.length, metadata }
      return reading(document && { ...seen, immutabilityMode: undefined, immutableUntil: undefined })
    },
    list: async (container, prefix) => {
      const names = [...documents.keys()].filter((key) => key.startsWith(`${container}/${prefix}`))
      return reading(names.map((key) => key.slice(container.length + 1)).sort())
    },
    now: async () => reading('2026-11-23T17:00:00.000Z'),
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
