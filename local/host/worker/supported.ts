import type { RegisteredFunction } from './registry.ts'

const supported: Readonly<Record<string, readonly string[]>> = {
  in: [
    'httptrigger',
    'timertrigger',
    'eventgridtrigger',
    'orchestrationtrigger',
    'activitytrigger',
    'durableclient',
    'orchestrationclient'
  ],
  out: ['http']
}

/** One line per binding that this host does not carry, naming the function and the reason. */
export function unsupportedBindings(functions: Iterable<RegisteredFunction>): string[] {
  return [...functions].flatMap(({ name, bindings }) =>
    Object.values(bindings).flatMap((binding) => {
      const reason = refusal(binding.type ?? '', binding.direction ?? 'in')
      return reason === undefined ? [] : [`Function "${name}" cannot run on the embedded host: ${reason}`]
    })
  )
}

/** The type of a function's trigger in lower case, as in `httptrigger`. */
export function triggerOf({ name, bindings }: RegisteredFunction): {
  name: string
  type: string
  settings: Readonly<Record<string, unknown>>
} {
  for (const [bindingName, binding] of Object.entries(bindings)) {
    const type = binding.type?.toLowerCase() ?? ''
    if (type.endsWith('trigger')) return { name: bindingName, type, settings: binding }
  }
  throw new Error(`Function "${name}" has no trigger. Register it with one.`)
}

function refusal(type: string, direction: string): string | undefined {
  const kind = type.toLowerCase()
  if (supported[direction]?.includes(kind)) return undefined
  if (kind === 'entitytrigger')
    return 'durable entities are not built. Keep the state in an orchestration or in a store.'
  return (
    `its binding "${type}" (${direction}) is not one of httpTrigger, http, timerTrigger, eventGridTrigger, ` +
    'orchestrationTrigger, activityTrigger and durableClient. Remove it, or run the app on Azure Functions.'
  )
}
