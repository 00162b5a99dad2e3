const methods = ['log', 'info', 'warn', 'error', 'debug'] as const

/** Runs `work` while nothing is printed: the peer's workers write a line per event, and take no other logger. */
export async function silently<T>(work: () => Promise<T>): Promise<T> {
  const kept = methods.map(method => [method, console[method]] as const)
  for (const method of methods) console[method] = () => undefined
  try {
    return await work()
  } finally {
    for (const [method, print] of kept) console[method] = print
  }
}
