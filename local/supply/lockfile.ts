import { z } from 'zod'

const locked = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().optional(),
  hasInstallScript: z.boolean().optional()
})

const shape = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), locked) })

export type LockedPackage = z.infer<typeof locked> & { readonly name: string }

/** Packages of a `package-lock.json`, without the project itself. Throws where it is not of version 3. */
export function packagesIn(lockfile: string): LockedPackage[] {
  const { packages } = shape.parse(JSON.parse(lockfile))
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({ ...entry, name: nameOf(path) }))
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? path
