import { definition, initiative, type Definition, type Named } from './answers/policy.ts'
import type { BuiltIns } from './policy-built-ins.ts'
import type { AnswerName } from './answers/answers.ts'
import { AzureCallError, isPassing } from './errors.ts'
import type { Call } from '../domain/terms/evidence.ts'
import type { Reading as Answered } from '../domain/terms/reading.ts'
import type { z } from 'zod'
import { faultsOf } from '../domain/terms/fault.ts'

type Initiative = z.output<typeof initiative>

/** A definition with its title, or why there is none: that is for whoever reads the finding about it. */
export type Read<T> = { readonly title: string; readonly found: T } | { readonly title: string; readonly doubt: string }

export type Get = (url: string, name: 'policyDefinitions.get' | 'policySetDefinitions.get') => Promise<Answered<Named>>

/** Whether Azure keeps it for all tenants: only there can a definition of Microsoft's be. */
export const isGlobal = (id: string): boolean => id.toLowerCase().startsWith('/providers/microsoft.authorization/')

export const readDefinition = (id: string, reading: Reading): Promise<Read<Definition>> =>
  readBy(id, { ...reading, name: 'policyDefinitions.get', shape: definition })

export const readInitiative = (id: string, reading: Reading): Promise<Read<Initiative>> =>
  readBy(id, { ...reading, name: 'policySetDefinitions.get', shape: initiative })

export interface Reading {
  readonly get: Get
  readonly builtIns: BuiltIns
  /** Told of each answer that what was read rests on. */
  readonly cite: (call: Call) => void
  readonly now: string
}

interface Wanted<T> extends Reading {
  readonly name: AnswerName & ('policyDefinitions.get' | 'policySetDefinitions.get')
  readonly shape: z.ZodType<T>
}

async function readBy<T>(id: string, { get, builtIns, cite, now, name, shape }: Wanted<T>): Promise<Read<T>> {
  const read = () => get(id, name)
  const { call, value: answer } = await (isGlobal(id) ? builtIns.get(id, { now, read }) : read()).catch(unread)
  cite(call)
  if (typeof answer === 'string') return { title: lastOf(id), doubt: answer }
  const title = answer.properties.displayName || answer.name
  const fits = shape.safeParse(answer.properties)
  return fits.success ? { title, found: fits.data } : { title, doubt: misfit(fits.error) }
}

/** What Azure finally refuses to show is a doubt about one definition; what passes is tried again with everything. */
function unread(error: unknown): Answered<string> {
  if (!(error instanceof AzureCallError) || isPassing(error) || error.kind === 'unreadable') throw error
  return { value: `its definition could not be read (${error.told})`, call: error.call }
}

/** Says where it does not fit, and never what stands there. */
export function misfit(error: z.ZodError): string {
  const [{ path, message } = { path: '', message: '' }] = faultsOf(error)
  return `what Azure says of it does not fit at ${path || 'its beginning'}: ${message}`
}

export const lastOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1).toLowerCase()
