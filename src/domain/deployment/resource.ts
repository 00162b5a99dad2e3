import { sameText } from '../terms/same-text.ts'

/** A resource of a deployment as Azure Resource Manager shows it. */
export interface Resource {
  /** ARM id. */
  readonly id: string
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  /** As its provider words them; what is read of them is compared with what it must be, so nothing unknown passes. */
  readonly properties: Readonly<Record<string, unknown>>
}

/** What a resource says at a path like `deleteRetentionPolicy.enabled`; undefined where it says nothing. */
export function said({ properties }: Pick<Resource, 'properties'>, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((within, name) => (Object(within) as Record<string, unknown>)[name], properties)
}

/** A list that it says there; empty where it says none. */
export function listSaid(resource: Pick<Resource, 'properties'>, path: string): readonly unknown[] {
  const found = said(resource, path)
  return Array.isArray(found) ? found : []
}

/** Of one of a list: what it says at a path. */
export const saidIn = (item: unknown, path: string): unknown =>
  said({ properties: Object(item) as Record<string, unknown> }, path)

/** Names of children have those of their parents before them in some answers, and not in others. */
export const lastName = ({ id }: Pick<Resource, 'id'>): string => id.split('/').at(-1) ?? ''

/** The resource with this name, whatever the capitals it comes in. */
export const named = (resources: readonly Resource[], name: string): Resource | undefined =>
  resources.find((each) => sameText(lastName(each), name))
