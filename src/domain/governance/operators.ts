import { propertyOf } from './fields.ts'
import { isList, isRecord, isUnsure, not, some, unsure, written, type Truth, type Value } from './unsure.ts'

type Operator = (actual: Value, expected: Value) => Truth

/**
 * Whether a condition holds between what is there and what it names; `unsure` for an operator that is not known.
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule#conditions
 */
export function compared(operator: string, actual: Value, expected: Value): Truth {
  const name = operator.toLowerCase()
  if (name in operators)
    return isUnsure(actual) || isUnsure(expected) ? unsure : (operators[name]?.(actual, expected) ?? unsure)
  const inverse = /^not(.+)$/.exec(name)?.[1] ?? ''
  return inverse in operators ? not(compared(inverse, actual, expected)) : unsure
}

/** Orders numbers, moments and texts; two of different kinds are an error to Azure, and unsure here. */
export function holdsBetween(
  operator: 'less' | 'lessOrEquals' | 'greater' | 'greaterOrEquals',
  a: Value,
  b: Value
): Truth {
  const order = ordered(a, b)
  return order === undefined ? unsure : inOrder[operator](order)
}

const inOrder = {
  less: (order: number) => order < 0,
  lessOrEquals: (order: number) => order <= 0,
  greater: (order: number) => order > 0,
  greaterOrEquals: (order: number) => order >= 0
}

/** What is not there compares with nothing; whether it equals an empty text, nobody documents. */
const operators: Readonly<Record<string, Operator>> = {
  equals: (actual, expected) => {
    if (isAbsent(actual) || isAbsent(expected))
      return actual === '' || expected === '' ? unsure : isAbsent(actual) && isAbsent(expected)
    return plainly(actual) === plainly(expected)
  },
  in: (actual, expected) =>
    isList(expected) ? some(expected.map((each) => compared('equals', actual, each))) : unsure,
  like: ofTexts((actual, expected) => pattern(expected, { '*': '.*' }, 'is').test(actual)),
  match: ofTexts((actual, expected) => pattern(expected, matching, 's').test(actual)),
  matchinsensitively: ofTexts((actual, expected) => pattern(expected, matching, 'is').test(actual)),
  contains: (actual, expected) => {
    if (isList(actual)) return some(actual.map((each) => compared('equals', each, expected)))
    return ofTexts((text, part) => text.toLowerCase().includes(part.toLowerCase()))(actual, expected)
  },
  containskey: (actual, expected) => isRecord(actual) && propertyOf(actual, String(expected)) !== undefined,
  less: (actual, expected) => !isAbsent(actual) && holdsBetween('less', actual, expected),
  lessorequals: (actual, expected) => !isAbsent(actual) && holdsBetween('lessOrEquals', actual, expected),
  greater: (actual, expected) => !isAbsent(actual) && holdsBetween('greater', actual, expected),
  greaterorequals: (actual, expected) => !isAbsent(actual) && holdsBetween('greaterOrEquals', actual, expected),
  exists: (actual, expected) =>
    /^(true|false)$/i.test(String(expected))
      ? isAbsent(actual) === (String(expected).toLowerCase() === 'false')
      : unsure
}

const isAbsent = (value: Value): value is null | undefined => value === undefined || value === null

/** Texts, numbers and yes or no are compared as they are written, without case. */
const plainly = (value: Value): string =>
  (typeof value === 'object' ? JSON.stringify(value) : written(value)).toLowerCase()

function ofTexts(holds: (actual: string, expected: string) => boolean): Operator {
  return (actual, expected) => {
    if (isAbsent(actual)) return false
    return isPlain(actual) && isPlain(expected) ? holds(written(actual), written(expected)) : unsure
  }
}

const isPlain = (value: Value): boolean => ['string', 'number', 'boolean'].includes(typeof value)

const matching = { '#': String.raw`\d`, '?': '[A-Za-z]', '.': '.' }

function pattern(text: string, signs: Readonly<Record<string, string>>, flags: string): RegExp {
  const source = [...text].map((sign) => signs[sign] ?? sign.replace(/[\\^$.*+?()[\]{}|/-]/, String.raw`\$&`)).join('')
  return new RegExp(`^${source}$`, flags)
}

function ordered(a: Value, b: Value): number | undefined {
  if (typeof a === 'number' || typeof b === 'number') {
    const difference = Number(a) - Number(b)
    return Number.isNaN(difference) ? undefined : difference
  }
  if (typeof a !== 'string' || typeof b !== 'string') return undefined
  const moments = [a, b].map((each) => (/^\d{4}-\d\d-\d\d/.test(each) ? Date.parse(each) : Number.NaN))
  const [first = Number.NaN, second = Number.NaN] = moments
  if (!Number.isNaN(first) && !Number.isNaN(second)) return first - second
  return a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() === b.toLowerCase() ? 0 : 1
}
