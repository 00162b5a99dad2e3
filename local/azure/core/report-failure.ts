/** Tells whoever watches that the simulated Azure itself went wrong, which is never the app's doing. */
export function reportFailure(what: string, error: unknown): void {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`The simulated Azure failed ${what}: ${details}\n`)
}
