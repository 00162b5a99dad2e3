type Constraint = (value: string, low: number, high: number) => boolean

const whole: Constraint = (value) => /^-?\d+$/.test(value)
const number: Constraint = (value) => value !== '' && Number.isFinite(Number(value))

const constraints = new Map<string, Constraint>([
  ['int', whole],
  ['long', whole],
  ['decimal', number],
  ['double', number],
  ['float', number],
  ['bool', (value) => /^(true|false)$/i.test(value)],
  ['guid', (value) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)],
  ['datetime', (value) => !Number.isNaN(Date.parse(value))],
  ['alpha', (value) => /^[a-z]*$/i.test(value)],
  ['minlength', (value, low) => value.length >= low],
  ['maxlength', (value, low) => value.length <= low],
  ['length', (value, low, high) => value.length >= low && value.length <= high],
  ['min', (value, low) => Number(value) >= low],
  ['max', (value, low) => Number(value) <= low],
  ['range', (value, low, high) => Number(value) >= low && Number(value) <= high]
])

/** The route constraints of ASP.NET Core, as in `int` and `length(2,8)`. A value never satisfies an unknown one. */
export function satisfies(value: string, constraint: string): boolean {
  const [, name = '', argument = ''] = /^([a-z]+)(?:\((.*)\))?$/i.exec(constraint) ?? []
  // In a route template braces are doubled.
  if (name === 'regex') return new RegExp(argument.replaceAll('{{', '{').replaceAll('}}', '}')).test(value)
  const [low = Number.NaN, high = low] = argument.split(',').map(Number)
  return constraints.get(name.toLowerCase())?.(value, low, high) ?? false
}
