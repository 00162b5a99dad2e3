import { registerHooks } from 'node:module'

let installed = false

/** From now on `@azure/functions-core` resolves to our stand-in, for `require` and for `import`. */
export function installFunctionsCore(): void {
  if (installed) return
  installed = true
  const url = new URL('./functions-core.ts', import.meta.url).href
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '@azure/functions-core'
        ? { url, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context)
  })
}
