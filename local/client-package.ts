import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { inChunks, onlyUsedZod } from './bundle.ts'

const root = join(import.meta.dirname, '..')

/** What has to be there: `cli/installed.mjs` says so to an older one. */
const nodeNeeded = '>=22.13'

/**
 * Makes a folder that `npm pack` makes an installable `ckey` of: the command in one bundle, chunks that are loaded when a command
 * needs them (the Azure SDKs of restore, export and erase among them), a `package.json` without dependencies.
 */
export async function clientPackage(into: string): Promise<Metafile> {
  rmSync(into, { recursive: true, force: true })
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { ckey: 'cli/ckey.ts' },
    outdir: join(resolve(into), 'program'),
    ...inChunks,
    target: 'node22.13',
    plugins: [onlyUsedZod],
    metafile: true
  })
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>
  const described = {
    name: 'ckey',
    version,
    description: 'Customer Key onboarding from the command line',
    private: true, // it is handed on as a file, and published nowhere
    license,
    type: 'module',
    bin: { ckey: 'ckey.mjs' },
    engines: { node: nodeNeeded }
  }
  mkdirSync(into, { recursive: true })
  writeFileSync(join(into, 'package.json'), `${JSON.stringify(described, undefined, 2)}\n`)
  cpSync(join(root, 'cli', 'installed.mjs'), join(into, 'ckey.mjs'))
  cpSync(join(root, 'LICENSE'), join(into, 'LICENSE'))
  return metafile
}
