/** The entries of a closed record, with its keys' own type, which TypeScript widens: a value may have more than its type says. */
export const entriesOf = <T extends object>(record: T): [key: keyof T & string, value: T[keyof T]][] =>
  Object.entries(record) as [key: keyof T & string, value: T[keyof T]][]
