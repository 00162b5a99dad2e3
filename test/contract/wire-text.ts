import { XMLParser } from 'fast-xml-parser'
import type { SimulatedResponse } from '../../local/azure/core/service.ts'
import type { Facts } from './facts.ts'

/** The body of an answer, be it JSON or XML; an element of XML becomes a property, as its attributes do. */
export function bodyOf(
  facts: Facts,
  { json, body = Buffer.alloc(0), headers }: SimulatedResponse,
  type: string
): unknown {
  return headers?.['content-type'] === 'application/xml' ? typedText(facts, xml.parse(body), type) : json
}

/** Gives what came as text (headers, XML) the type that the facts say, where it can have it. */
export function typedText(facts: Facts, value: unknown, type: string): unknown {
  const name = type.replace('!', '')
  if (name.endsWith('[]'))
    return value === undefined ? value : [value].flat().map((each) => typedText(facts, each, name.slice(0, -2)))
  const shape = facts.shapes[name]
  if (shape !== undefined) return typedProperties(facts, value, shape)
  if (typeof value !== 'string') return value
  if (name === 'integer' && /^\d+$/.test(value)) return Number(value)
  if (name === 'boolean' && /^(true|false)$/.test(value)) return value === 'true'
  return lowerOnTheWire.includes(name) ? value.charAt(0).toUpperCase() + value.slice(1) : value
}

function typedProperties(facts: Facts, value: unknown, shape: Readonly<Record<string, string>>): unknown {
  // An element without children is no text either.
  const given = value === '' ? {} : value
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(
    Object.entries(given).map(([name, each]) => [name, typedText(facts, each, shape[name] ?? '')])
  )
}

/** Words that their definition capitalises and the service does not: see `src/azure/blob-calls.ts`. */
const lowerOnTheWire = ['BlobImmutabilityPolicyMode']

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  parseTagValue: false,
  parseAttributeValue: false
})
