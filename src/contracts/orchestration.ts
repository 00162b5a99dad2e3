/**
 * What an orchestration takes, gives and shows of itself, under its name and with the rule of its instances' ids. Starting,
 * finding and reading it, and its own code, are typed by this.
 */
export interface Orchestration<Input, Output, Status = null, Key extends readonly string[] = never> {
  /** As registered. */
  readonly name: string
  /** What the ids of its instances start with, and of no other's. */
  readonly prefix: string
  /** It ends by itself, in minutes or a day, and is forgotten some days later. */
  readonly isShort: boolean
  /** The instance of this key, there or not; without a key, the only one. */
  readonly at: (...key: Key) => At<Input, Output, Status>
}

/** Where an instance is, or would be. */
export interface At<Input, Output, Status = null> {
  /** Of the orchestration. */
  readonly name: string
  readonly id: string
  /** For the compiler alone: nothing of it is there when the app runs. */
  readonly shapes?: { readonly input: Input; readonly output: Output; readonly status: Status }
}

/** Input, output and status of an orchestration. */
export type ShapesOf<C extends { at: (...key: never) => At<unknown, unknown, unknown> }> = NonNullable<
  ReturnType<C['at']>['shapes']
>

interface Rule {
  /** Of ids, where it is not the name. */
  readonly prefix?: string
  readonly isShort?: boolean
}

/**
 * Ids are in lower case, of `[a-z0-9.-]` and under 100 characters: request ids have at most 40, vault names 24, hashes and
 * nonces 40. An orchestration without a key runs once at a time: each start replaces the one before, when that has ended.
 */
export function orchestration<Input, Output, Status = null, Key extends readonly string[] = []>(
  name: string,
  { prefix = name, isShort = false }: Rule = {}
): Orchestration<Input, Output, Status, Key> {
  const at = (...key: Key): At<Input, Output, Status> => ({ name, id: [prefix, ...key].join(separator).toLowerCase() })
  return { name, prefix: `${prefix}${separator}`, isShort, at }
}

const separator = '.'
