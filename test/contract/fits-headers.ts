import type { Facts } from './facts.ts'
import { faultsOfValue } from './fits-shape.ts'
import { typedText } from './wire-text.ts'

/** What is wrong with the headers of an answer; those of HTTP itself need no definition of Azure's. */
export function faultsOfHeaders(facts: Facts, headers: Readonly<Record<string, string>> = {}, shape: string): string[] {
  const known = facts.shapes[shape] ?? {}
  const defined = Object.entries(headers)
    .map(([name, value]) => [name in known || !name.startsWith(metadata) ? name : `${metadata}*`, value] as const)
    .filter(([name]) => name in known || !ofHttp.includes(name))
  return faultsOfValue(facts, typedText(facts, Object.fromEntries(defined), shape), `${shape}!`, 'header')
}

/** Whoever writes a blob names its metadata. */
const metadata = 'x-ms-meta-'

const ofHttp = ['content-length', 'content-type', 'retry-after', 'www-authenticate']
