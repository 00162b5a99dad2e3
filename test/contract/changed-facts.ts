import type { Facts } from './facts.ts'

export interface ChangedFacts {
  /** Which fact, e.g. `shapes.Vault.location`. */
  readonly at: string
  readonly changed: Facts
}

/** The facts with one of them changed, for each of them: a name, a type, a status, a path, a version, a word. */
export function changedFacts(facts: Facts): ChangedFacts[] {
  return [changedShapes, changedOperations, changedSources, changedErrors, changedEvents, changedEnums].flatMap(
    (change) => change(facts)
  )
}

function changedShapes(facts: Facts): ChangedFacts[] {
  return Object.entries(facts.shapes).flatMap(([shape, properties]) =>
    Object.entries(properties).flatMap(([name, type]) => {
      const { [name]: _, ...others } = properties
      const make = (at: string, changed: Record<string, string>): ChangedFacts => ({
        at: `shapes.${shape}.${at}`,
        changed: { ...facts, shapes: { ...facts.shapes, [shape]: changed } }
      })
      return [
        make(`${name} renamed`, { ...others, [`${name}X`]: type }),
        make(`${name} of another type`, { ...others, [name]: otherType(type) })
      ]
    })
  )
}

/** What no value of the type is, nor its text in a header. */
function otherType(type: string): string {
  const end = type.endsWith('!') ? '!' : ''
  return (type.startsWith('boolean') ? 'integer' : 'boolean') + end
}

function changedOperations(facts: Facts): ChangedFacts[] {
  return Object.entries(facts.operations).flatMap(([name, operation]) => {
    const make = (at: string, change: Partial<typeof operation>): ChangedFacts => ({
      at: `operations.${name} ${at}`,
      changed: { ...facts, operations: { ...facts.operations, [name]: { ...operation, ...change } } }
    })
    const statuses = Object.entries(operation.answers).map(([status, shape]) => {
      const { [status]: _, ...others } = operation.answers
      return make(`status ${status}`, { answers: { ...others, [String(Number(status) + 6)]: shape } })
    })
    return [
      ...statuses,
      ...Object.entries(operation.asks).map(([header, word]) =>
        make(`asks ${header}`, { asks: { ...operation.asks, [header]: `${word}X` } })
      ),
      ...(operation.headers === undefined ? [] : [make('headers', { headers: 'FeatureResult' })]),
      ...(operation.path.includes('?') ? [make('query', { path: `${operation.path}X` })] : []),
      make('method', { method: operation.method === 'POST' ? 'PUT' : 'POST' }),
      make('path', { path: `/more${operation.path}` })
    ]
  })
}

function changedSources(facts: Facts): ChangedFacts[] {
  // What only describes events has a version that is nowhere on the wire.
  const asked = new Set(Object.values(facts.operations).map(({ source }) => source))
  return Object.entries(facts.sources)
    .filter(([name]) => asked.has(name))
    .flatMap(([name, source]) => {
      const make = (change: Partial<typeof source>): ChangedFacts => ({
        at: `sources.${name}.${Object.keys(change).join()}`,
        changed: { ...facts, sources: { ...facts.sources, [name]: { ...source, ...change } } }
      })
      return [
        make({ version: '2020-02-02' }),
        ...(source.versionHeader === undefined ? [] : [make({ versionHeader: 'x-version' })])
      ]
    })
}

function changedErrors(facts: Facts): ChangedFacts[] {
  return (['errors', 'errorHeaders'] as const).flatMap((kind) =>
    Object.keys(facts[kind]).map((service) => ({
      at: `${kind}.${service}`,
      changed: { ...facts, [kind]: { ...facts[kind], [service]: 'FeatureResult' } }
    }))
  )
}

function changedEvents(facts: Facts): ChangedFacts[] {
  return Object.entries(facts.events).flatMap(([type, shape]) => {
    const { [type]: _, ...others } = facts.events
    const make = (at: string, changed: Record<string, string>): ChangedFacts => ({
      at: `events.${type} ${at}`,
      changed: { ...facts, events: { ...others, ...changed } }
    })
    return [make('renamed', { [`${type}X`]: shape }), make('of another shape', { [type]: 'FeatureResult' })]
  })
}

function changedEnums(facts: Facts): ChangedFacts[] {
  return Object.entries(facts.enums).flatMap(([name, words]) =>
    words.map((word) => ({
      at: `enums.${name}.${word}`,
      changed: { ...facts, enums: { ...facts.enums, [name]: words.map((each) => (each === word ? `${word}X` : each)) } }
    }))
  )
}
