import type { RegisteredFunction } from '../worker/registry.ts'
import { triggerOf } from '../worker/supported.ts'
import { satisfies } from './constraints.ts'

export interface Route {
  readonly target: RegisteredFunction
  readonly methods: readonly string[]
  readonly segments: readonly Segment[]
}

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'parameter' | 'rest'
      readonly name: string
      readonly optional: boolean
      readonly fallback?: string
      readonly constraints: readonly string[]
    }

export interface Match {
  readonly target: RegisteredFunction
  readonly params: Readonly<Record<string, string>>
}

/** The routes of all HTTP functions, the most particular first: literals, parameters, the rest of a path. */
export function compileRoutes(functions: Iterable<RegisteredFunction>, routePrefix: string): Route[] {
  const http = [...functions].filter((one) => triggerOf(one).type === 'httptrigger')
  return http.map((target) => compile(target, routePrefix)).toSorted((a, b) => rank(a).localeCompare(rank(b)))
}

/** Absent for an unknown path and for a wrong method alike: Azure answers 404 to both. */
export function findRoute(routes: readonly Route[], method: string, path: readonly string[]): Match | undefined {
  for (const { target, methods, segments } of routes) {
    const params = methods.includes(method) ? matchSegments(segments, path) : undefined
    if (params) return { target, params }
  }
  return undefined
}

function compile(target: RegisteredFunction, routePrefix: string): Route {
  const { settings } = triggerOf(target)
  const route = typeof settings['route'] === 'string' ? settings['route'] : target.name
  const methods = Array.isArray(settings['methods'])
    ? settings['methods'].map((method) => String(method).toUpperCase())
    : []
  const segments = `${routePrefix}/${route}`.split('/').filter(Boolean).map(parseSegment)
  return { target, methods, segments }
}

/** As in `literal`, `{name}`, `{name:int}`, `{name?}`, `{name=value}`, `{*rest}`. */
function parseSegment(text: string): Segment {
  const inner = /^\{(\*{0,2})([^:=?}]+)((?::[^=?}]+)*)(\?|=[^}]*)?\}$/.exec(text)
  if (!inner) return { kind: 'literal', text: text.toLowerCase() }
  const [, stars = '', name = '', constraints = '', tail = ''] = inner
  return {
    kind: stars ? 'rest' : 'parameter',
    name,
    optional: tail !== '' || stars !== '',
    constraints: constraints.split(':').filter(Boolean),
    ...(tail.startsWith('=') && { fallback: tail.slice(1) })
  }
}

function matchSegments(segments: readonly Segment[], path: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const actual = path[index]
    if (segment.kind === 'literal') {
      if (actual?.toLowerCase() !== segment.text) return undefined
    } else if (segment.kind === 'rest') {
      params[segment.name] = path.slice(index).join('/')
      return params
    } else if (actual !== undefined) {
      if (!segment.constraints.every((constraint) => satisfies(actual, constraint))) return undefined
      params[segment.name] = actual
    } else if (!segment.optional) {
      return undefined
    } else if (segment.fallback !== undefined) {
      params[segment.name] = segment.fallback
    }
  }
  return path.length <= segments.length ? params : undefined
}

function rank({ segments }: Route): string {
  return segments
    .map((segment) => {
      if (segment.kind === 'literal') return '0'
      if (segment.kind === 'rest') return '9'
      return segment.constraints.length > 0 ? '1' : '2'
    })
    .join('')
}
