import { evaluated, type Surroundings } from './evaluate.ts'
import { selected, type Fields } from './fields.ts'
import { compared } from './operators.ts'
import { shortRegion } from '../terms/short-region.ts'
import { every, isList, isRecord, not, some, unsure, written, type Truth, type Value } from './unsure.ts'

/** What a rule is looked at with: the resource, what its parameters stand for, and when. */
export type Look = Surroundings & { readonly fields: Fields }

/**
 * Whether the `if` of a rule holds of a write; `unsure` where that cannot be computed here.
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule
 */
export function holds(condition: Value, look: Look): Truth {
  if (!isRecord(condition)) return unsure
  const parts = new Map(Object.entries(condition).map(([key, value]) => [key.toLowerCase(), value]))
  const listed = (name: string): Truth[] | undefined => {
    const list = parts.get(name)
    return isList(list) && list.length > 0 ? list.map((each) => holds(each, look)) : undefined
  }
  const all = listed('allof')
  if (all) return every(all)
  const any = listed('anyof')
  if (any) return some(any)
  if (parts.has('not')) return not(holds(parts.get('not'), look))
  return compares(parts, look)
}

/** `field`, `value` or `count` beside one operator. */
function compares(parts: ReadonlyMap<string, Value>, look: Look): Truth {
  const [operator, ...others] = [...parts.keys()].filter((key) => !subjects.has(key))
  if (operator === undefined || others.length > 0) return unsure
  const expected = evaluated(parts.get(operator), look)
  if (parts.has('field')) return ofField(evaluated(parts.get('field'), look), { operator, expected, look })
  if (parts.has('value')) return compared(operator, evaluated(parts.get('value'), look), expected)
  return parts.has('count') ? compared(operator, counted(parts.get('count'), look), expected) : unsure
}

const subjects = new Set(['field', 'value', 'count'])

interface Comparison {
  readonly operator: string
  readonly expected: Value
  readonly look: Look
}

/** Of an array, all members must meet it, so that an empty one does. */
function ofField(field: Value, { operator, expected, look }: Comparison): Truth {
  if (typeof field !== 'string') return unsure
  const { values, isCollection } = selected(field, look.fields)
  if (isCollection && values.length === 0 && operator === 'exists') return unsure
  const wanted = field.toLowerCase() === 'location' ? asRegion(expected) : expected
  return every(
    values.map((value) => compared(operator, field.toLowerCase() === 'location' ? asRegion(value) : value, wanted))
  )
}

/** Azure takes `East US 2` and `eastus2` for the same. */
function asRegion(value: Value): Value {
  if (isList(value)) return value.map(asRegion)
  return typeof value === 'string' && !value.includes('*') ? shortRegion(value) : value
}

/** How many members of an array, of the resource's or of a value, meet a condition. */
function counted(count: Value, look: Look): Value {
  if (!isRecord(count)) return unsure
  const parts = new Map(Object.entries(count).map(([key, value]) => [key.toLowerCase(), value]))
  const looks = parts.has('field') ? looksAtMembers(parts.get('field'), look) : looksAtValues(parts, look)
  if (!looks) return unsure
  const truths = looks.map((each) => (parts.has('where') ? holds(parts.get('where'), each) : true))
  return truths.includes(unsure) ? unsure : truths.filter((truth) => truth === true).length
}

function looksAtMembers(field: Value, look: Look): Look[] | undefined {
  if (typeof field !== 'string') return undefined
  const { values } = selected(field, look.fields)
  if (values.includes(unsure)) return undefined
  return values.map((value) => ({ ...look, fields: { ...look.fields, member: { alias: field, value } } }))
}

function looksAtValues(parts: ReadonlyMap<string, Value>, look: Look): Look[] | undefined {
  const values = evaluated(parts.get('value'), look)
  if (!isList(values)) return undefined
  const name = written(parts.get('name')).toLowerCase()
  return values.map((value) => ({
    ...look,
    counted: new Map([...(look.counted ?? []), [name, value] as const, ['', value] as const])
  }))
}
