import { compared, holdsBetween } from './operators.ts'
import { isList, isRecord, unsure, written, type Truth, type Value } from './unsure.ts'

type Work = (...args: readonly Value[]) => Value

const texts =
  (work: (...texts: readonly string[]) => Value): Work =>
  (...args) =>
    args.every((arg) => typeof arg === 'string') ? work(...args) : unsure

const numbers =
  (work: (a: number, b: number) => number): Work =>
  (a, b) =>
    typeof a === 'number' && typeof b === 'number' ? work(a, b) : unsure

/** An array by itself, or all arguments. */
const listOf = (args: readonly Value[]): readonly Value[] =>
  args.length === 1 && Array.isArray(args[0]) ? args[0] : args

/**
 * Functions of templates that rules use and whose arguments say all. Not among them: what only Azure knows.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
 */
export const functions: Readonly<Record<string, Work>> = {
  true: () => true,
  false: () => false,
  null: () => null,
  concat: (...args) =>
    args.every(isList) ? args.flat() : args.some((arg) => typeof arg === 'object') ? unsure : args.join(''),
  tolower: texts((text = '') => text.toLowerCase()),
  toupper: texts((text = '') => text.toUpperCase()),
  trim: texts((text = '') => text.trim()),
  replace: texts((text = '', from = '', to = '') => text.replaceAll(from, to)),
  split: (text, by) => (typeof text === 'string' && typeof by === 'string' ? text.split(by) : splitBySome(text, by)),
  startswith: texts((text = '', start = '') => text.toLowerCase().startsWith(start.toLowerCase())),
  endswith: texts((text = '', end = '') => text.toLowerCase().endsWith(end.toLowerCase())),
  substring: (text, from, length) =>
    typeof text === 'string' && typeof from === 'number' && from <= text.length && fits(text, from, length)
      ? text.slice(from, typeof length === 'number' ? from + length : undefined)
      : unsure,
  string: (value) => (typeof value === 'object' ? unsure : written(value)),
  int: (value) => (value === '' || Number.isNaN(Number(value)) ? unsure : Number(value)),
  bool: (value) => (/^(true|false)$/i.test(String(value)) ? String(value).toLowerCase() === 'true' : unsure),
  length: (value) =>
    typeof value === 'string' || isList(value) ? value.length : isRecord(value) ? Object.keys(value).length : unsure,
  empty: (value) =>
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0),
  first: (value) => (typeof value === 'string' || isList(value) ? (value[0] ?? '') : unsure),
  last: (value) => (typeof value === 'string' || isList(value) ? (value.at(-1) ?? '') : unsure),
  skip: (value, count) => (isList(value) && typeof count === 'number' ? value.slice(count) : unsure),
  take: (value, count) =>
    (typeof value === 'string' || isList(value)) && typeof count === 'number' ? value.slice(0, count) : unsure,
  join: (value, by) => (isList(value) && typeof by === 'string' ? value.join(by) : unsure),
  array: (value) => (isList(value) ? value : [value]),
  createarray: (...args) => args,
  createobject: (...args) =>
    Object.fromEntries(args.flatMap((arg, at) => (at % 2 === 0 ? [[String(arg), args[at + 1]] as const] : []))),
  contains: (value, part) =>
    isRecord(value) ? compared('containsKey', value, part) : withCase('contains', value, part),
  intersection: (...args) =>
    args.every(isList)
      ? args.reduce((all, next) => all.filter((each) => next.some((other) => compared('equals', each, other) === true)))
      : unsure,
  union: (...args) =>
    args.every(isList)
      ? [...new Set(args.flat())]
      : args.every(isRecord)
        ? Object.fromEntries(args.flatMap((arg) => Object.entries(arg)))
        : unsure,
  equals: (a, b) => withCase('equals', a, b),
  less: (a, b) => holdsBetween('less', a, b),
  lessorequals: (a, b) => holdsBetween('lessOrEquals', a, b),
  greater: (a, b) => holdsBetween('greater', a, b),
  greaterorequals: (a, b) => holdsBetween('greaterOrEquals', a, b),
  add: numbers((a, b) => a + b),
  sub: numbers((a, b) => a - b),
  mul: numbers((a, b) => a * b),
  div: numbers((a, b) => Math.trunc(a / b)),
  mod: numbers((a, b) => a % b),
  min: (...args) =>
    listOf(args).every((arg) => typeof arg === 'number') ? Math.min(...listOf(args).map(Number)) : unsure,
  max: (...args) =>
    listOf(args).every((arg) => typeof arg === 'number') ? Math.max(...listOf(args).map(Number)) : unsure,
  adddays: (moment, days) => {
    const at = typeof moment === 'string' ? Date.parse(moment) : Number.NaN
    return Number.isNaN(at) || typeof days !== 'number' ? unsure : new Date(at + days * 86_400_000).toISOString()
  }
}

/** Unlike the conditions of that name, these functions tell capitals apart: what only case decides is not sure here. */
function withCase(operator: 'contains' | 'equals', a: Value, b: Value): Truth {
  const truth = compared(operator, a, b)
  const isExact = isList(a) ? a.includes(b) : operator === 'equals' ? a === b : written(a).includes(written(b))
  return truth === true && typeof b === 'string' && !isExact ? unsure : truth
}

const fits = (text: string, from: number, length: Value): boolean =>
  length === undefined || (typeof length === 'number' && from + length <= text.length)

/** By several separators of one character each. */
function splitBySome(text: Value, by: Value): Value {
  if (typeof text !== 'string' || !isList(by)) return unsure
  return by.reduce<string[]>((parts, each) => parts.flatMap((part) => part.split(String(each))), [text])
}
