import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, transform, type BuildOptions, type Metafile, type Plugin, type TransformOptions } from 'esbuild'

const root = join(import.meta.dirname, '..')

export interface Bundle {
  /** Absolute path of the module the Functions runtime loads. */
  readonly entry: string
  /** What went into which file, as esbuild tells it. */
  readonly metafile: Metafile
}

/**
 * Bundles an app into a folder that can be deployed as it is: `app.mjs`, the chunks it loads when they are first
 * needed, source maps, `host.json`, a `package.json` without dependencies, and a `.funcignore` that has azd build nothing
 * in Azure.
 */
export async function bundle({ main, into }: { readonly main: string; readonly into: string }): Promise<Bundle> {
  rmSync(into, { recursive: true, force: true })
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { app: main },
    outdir: resolve(into),
    ...inChunks,
    target: 'node24',
    sourcemap: 'linked',
    sourcesContent: false,
    external: ['@azure/functions-core'], // injected by the Functions worker; in no registry
    plugins: [browserFilesReady, onlyUsedZod],
    metafile: true
  })
  makePackage(into)
  return { entry: resolve(into, 'app.mjs'), metafile }
}

// An ES module has no `require`, and the CommonJS packages in the bundle ask for Node's own modules with it.
const requireForCommonJs =
  "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);"

/** One file for the start, and others that are loaded when they are first needed. */
export const inChunks = {
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  minify: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: requireForCommonJs },
  logLevel: 'warning'
} as const satisfies BuildOptions

/**
 * zod hands everything it has to whoever asks for `z`, messages in fifty languages included. Taken by name, what the app
 * does not use stays out of its start: a fifth of the code, and a tenth of the time.
 */
export const onlyUsedZod: Plugin = {
  name: 'only-used-zod',
  setup: (plugins) =>
    plugins.onLoad({ filter: /[\\/](src|cli)[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace("import { z } from 'zod'", "import * as z from 'zod'"),
      loader: 'ts'
    }))
}

/** What browsers get, as they take it: what is deployed holds both files as texts, and reads nothing for them. */
const browserFilesReady: Plugin = {
  name: 'browser-files-ready',
  setup: (plugins) =>
    plugins.onLoad({ filter: /[\\/]src[\\/]triggers[\\/]pages[\\/]browser-files\.ts$/ }, async () => {
      const answer = async (name: string, file: string, options: TransformOptions): Promise<string> => {
        const { code } = await transform(readFileSync(join(root, 'src', 'web', 'browser', file), 'utf8'), options)
        return `export const ${name} = () => ${JSON.stringify(code)}\n`
      }
      const script = await answer('liveScript', 'live.ts', {
        loader: 'ts',
        format: 'esm',
        target: 'es2022',
        minify: true
      })
      return {
        contents: script + (await answer('styleSheet', 'style.css', { loader: 'css', minify: true })),
        loader: 'js'
      }
    })
}

/**
 * For azd: `remoteBuild: false` stands where this file does not leave node_modules out, whatever a release makes of there
 * being no such file. What it names is never there; azd leaves that and this file itself out of the package.
 * https://github.com/Azure/azure-dev/blob/main/cli/azd/pkg/project/service_target_functionapp.go
 */
const nothingIsBuiltInAzure = 'local.settings.json\n'

function makePackage(into: string): void {
  const { name, version, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >
  const described = { name, version, private: true, type: 'module', main: 'app.mjs', engines }
  mkdirSync(into, { recursive: true })
  writeFileSync(join(into, 'package.json'), `${JSON.stringify(described, undefined, 2)}\n`)
  writeFileSync(join(into, 'host.json'), `${JSON.stringify(hostOf(String(version)), undefined, 2)}\n`)
  writeFileSync(join(into, '.funcignore'), nothingIsBuiltInAzure)
}

/** The release that new instances are of: hosts of an older one leave them alone (`CurrentOrOlder`). */
function hostOf(version: string): unknown {
  const host = JSON.parse(readFileSync(join(root, 'host.json'), 'utf8')) as { extensions: { durableTask: object } }
  const durableTask = { ...host.extensions.durableTask, defaultVersion: version }
  return { ...host, extensions: { ...host.extensions, durableTask } }
}

/** The output that holds an entry point and everything it imports before it runs: what the app's start has to load. */
export function startingCode({ outputs }: Metafile, entryPoint: string): Metafile['outputs'][string][] {
  const first = Object.keys(outputs).find((file) => outputs[file]?.entryPoint === entryPoint)
  if (first === undefined) throw new Error(`The bundle has no file for ${entryPoint}. Give one of its entry points.`)
  const seen = new Set([first])
  for (const file of seen)
    for (const { path, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && path in outputs) seen.add(path)
  return [...seen].flatMap((file) => outputs[file] ?? [])
}
