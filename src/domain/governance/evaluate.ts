import { selected, type Fields, propertyOf } from './fields.ts'
import { functions } from './functions.ts'
import { parse, type Expression } from './parse.ts'
import { every, isList, isRecord, isUnsure, some, unsure, type Truth, type Value } from './unsure.ts'

/** What expressions may ask for. */
export interface Surroundings {
  /** `unsure` for a parameter that nobody gave a value. */
  readonly parameters: (name: string) => Value
  /** Absent where no resource is looked at: in what an initiative hands to its members. */
  readonly fields?: Fields
  /** The value that a count is at, by the name of the count. */
  readonly counted?: ReadonlyMap<string, Value>
  /** ISO 8601 UTC */
  readonly now?: string
}

/** A value of a definition with all expressions in it carried out. A text that begins with two brackets begins with one. */
export function evaluated(value: Value, around: Surroundings): Value {
  if (isList(value)) return value.map((each) => evaluated(each, around))
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, evaluated(each, around)]))
  if (typeof value !== 'string' || !value.startsWith('[')) return value
  if (value.startsWith('[[')) return value.slice(1)
  if (!value.endsWith(']')) return value
  const expression = parse(value.slice(1, -1))
  return expression ? result(expression, around) : unsure
}

function result(expression: Expression, around: Surroundings): Value {
  if (expression.kind === 'literal') return expression.value
  if (expression.kind === 'into') return into(result(expression.of, around), result(expression.key, around))
  const { name, args } = expression
  const special = specials[name]
  if (special) return special(args, around)
  const values = args.map((arg) => result(arg, around))
  const work = Object.hasOwn(functions, name) ? functions[name] : undefined
  return work && !isUnsure(values) ? work(...values) : unsure
}

/** Azure fails where there is no such property, which refuses: nothing is sure after that. */
function into(of: Value, key: Value): Value {
  const found = typeof key === 'number' && isList(of) ? of[key] : propertyOf(of, String(key))
  return found === undefined ? unsure : found
}

type Special = (args: readonly Expression[], around: Surroundings) => Value

/** What looks around itself, or does not need all of its arguments. */
const specials: Readonly<Record<string, Special>> = {
  parameters: ([name], around) => around.parameters(text(name, around)),
  field: ([name], { ...around }) => {
    if (!around.fields || !name) return unsure
    const { values, isCollection } = selected(text(name, around), around.fields)
    // The function says an empty text of what is not there:
    // https://learn.microsoft.com/azure/governance/policy/how-to/author-policies-for-arrays#referencing-the-array-members-collection
    return isCollection ? values : (values[0] ?? '')
  },
  current: ([name], around) => currentOf(name ? text(name, around) : '', around),
  if: ([condition, yes, no], around) => {
    const truth = condition && result(condition, around)
    const chosen = truth === true ? yes : truth === false ? no : undefined
    return chosen ? result(chosen, around) : unsure
  },
  and: (args, around) => every(args.map((arg) => truthOf(result(arg, around)))),
  or: (args, around) => some(args.map((arg) => truthOf(result(arg, around)))),
  not: ([arg], around) => {
    const truth = arg ? truthOf(result(arg, around)) : unsure
    return truth === unsure ? unsure : !truth
  },
  coalesce: (args, around) =>
    args.map((arg) => result(arg, around)).find((value) => value !== null && value !== undefined) ?? null,
  tryget: ([of, ...keys], around) =>
    keys.reduce<Value>(
      (value, key) => (value === unsure ? unsure : propertyOf(value, text(key, around))),
      of ? result(of, around) : unsure
    ),
  utcnow: (_, { now }) => now ?? unsure,
  resourcegroup: (_, { fields }) => (fields?.write.group ? groupOf(fields.write.group) : unsure),
  subscription: (_, { fields }) => {
    const subscriptionId = fields && /^\/subscriptions\/([^/]+)/i.exec(fields.write.id)?.[1]
    return subscriptionId ? { subscriptionId, id: `/subscriptions/${subscriptionId}` } : unsure
  },
  // The app is no user: whatever a rule wants of people's sign-ins, it does not want of a managed identity.
  // https://learn.microsoft.com/entra/identity/authentication/concept-mandatory-multifactor-authentication
  // The version: https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule#policy-functions
  requestcontext: (_, { fields }) => ({ identity: { idtyp: 'app' }, apiVersion: fields?.write.apiVersion })
}

type Group = NonNullable<Fields['write']['group']>

const groupOf = ({ id, name, location, tags }: Group): Value => ({ id, name, location, tags })

function text(expression: Expression | undefined, around: Surroundings): string {
  const found = expression && result(expression, around)
  return typeof found === 'string' ? found : ''
}

const truthOf = (value: Value): Truth => (typeof value === 'boolean' ? value : unsure)

function currentOf(name: string, { counted, fields }: Surroundings): Value {
  const found = counted?.get(name.toLowerCase())
  if (found !== undefined) return found
  return fields?.member && name.includes('[*]')
    ? (selected(name, fields).values[0] ?? unsure)
    : (fields?.member?.value ?? unsure)
}
