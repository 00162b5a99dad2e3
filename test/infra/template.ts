import { join } from 'node:path'
import { compileBicep, findBicep } from '../../local/bicep.ts'

const found = findBicep()

/** Undefined where the compiler cannot be had; says so loudly, once for each file of tests. */
export const bicep = 'missing' in found ? undefined : found.program
if ('missing' in found) process.stderr.write(`SKIPPED: no Bicep compiler, so infra/ is not tested: ${found.missing}\n`)

export interface TemplateResource {
  readonly type: string
  readonly name: string
  /** Absent: the group or subscription that is deployed to. */
  readonly scope: string | undefined
  /** When it is deployed at all; undefined: always. */
  readonly condition: string | undefined
  readonly properties: Record<string, unknown>
  /** As written: an object, or an expression. */
  readonly tags: unknown
  /** The symbolic name of the module it is in; empty in the file itself. */
  readonly module: string
}

export interface CompiledFile {
  readonly complaints: readonly string[]
  /** Each output with its value as written, of the file itself. */
  readonly outputs: Readonly<Record<string, { readonly value?: unknown }>>
  /** Every resource of the file and its modules; `[variables('…').…]` replaced by what it stands for. */
  readonly resources: readonly TemplateResource[]
}

export function compiled(file: string): CompiledFile {
  if (bicep === undefined) return { complaints: [], outputs: {}, resources: [] }
  const { template, complaints } = compileBicep(bicep, join('infra', file))
  if (template === undefined) return { complaints, outputs: {}, resources: [] }
  const whole = template as Template
  return { complaints, outputs: whole.outputs ?? {}, resources: flattened(whole, '') }
}

interface Written {
  readonly type: string
  readonly name: string
  readonly scope?: string
  readonly existing?: boolean
  readonly condition?: string
  readonly properties?: Record<string, unknown>
  readonly tags?: unknown
}

interface Template {
  readonly outputs?: CompiledFile['outputs']
  readonly variables?: Record<string, unknown>
  /** By symbolic name, or without where the file has no need of them. */
  readonly resources: readonly Written[] | Readonly<Record<string, Written>>
}

function flattened({ resources, variables = {} }: Template, module: string): TemplateResource[] {
  return Object.entries(resources)
    .filter(([, { existing }]) => existing !== true)
    .flatMap(([symbol, written]) => {
      const { type, name, scope, condition, tags, properties = {} } = written
      if (type === 'Microsoft.Resources/deployments') return flattened(properties['template'] as Template, symbol)
      return [
        {
          type,
          name,
          scope,
          condition,
          module,
          tags: resolved(tags, variables),
          properties: resolved(properties, variables) as Record<string, unknown>
        }
      ]
    })
}

function resolved(value: unknown, variables: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, variables))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, variables)]))
  const [, name = '', path = ''] =
    (typeof value === 'string' && /^\[variables\('([^']+)'\)((?:\.\w+)*)\]$/.exec(value)) || []
  return name === ''
    ? value
    : path
        .split('.')
        .filter(Boolean)
        .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], resolved(variables[name], variables))
}
