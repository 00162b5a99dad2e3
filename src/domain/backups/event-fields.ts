/** The properties of an event, by name in lower case and without stray blanks; none for what is no object. */
export function lowerCased(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map()
  return new Map(Object.entries(value).map(([name, each]) => [name.trim().toLowerCase(), each]))
}

/** The first of these properties that is a text, trimmed; else an empty text. No name in a key event is longer than 300. */
export function text(fields: ReadonlyMap<string, unknown>, ...names: readonly string[]): string {
  const value = names.map((name) => fields.get(name)).find((each) => typeof each === 'string')
  return typeof value === 'string' && value.length <= longest ? value.trim() : ''
}

const longest = 300
