import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = join(import.meta.dirname, '..')
const packages = join(root, '.bicep')
const restored = join(packages, 'azure.bicep.commandline.linux-x64', '0.49.2', 'tools', 'bicep')

/** The Bicep compiler: the one of `infra/bicep.csproj`, fetched by `dotnet restore` at first. Or why it cannot be had. */
export function findBicep(): { readonly program: string } | { readonly missing: string } {
  if (existsSync(restored)) return { program: restored }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { missing: 'its package is for Linux on x64 only' }
  const { error, status, stdout } = run('dotnet', [
    'restore',
    'infra/bicep.csproj',
    '--packages',
    packages,
    `-p:MSBuildProjectExtensionsPath=${join(packages, 'obj')}/`
  ])
  if (error) return { missing: 'there is no dotnet on this machine' }
  if (status !== 0 || !existsSync(restored)) return { missing: `dotnet restore could not fetch it:\n${stdout}` }
  return { program: restored }
}

export interface Compilation {
  /** The ARM template; undefined where there were errors. */
  readonly template: unknown
  /** Errors and warnings, a line each. */
  readonly complaints: readonly string[]
}

/** Compiles and lints one file of `infra/`, by the rules of `infra/bicepconfig.json`. */
export function compileBicep(program: string, file: string): Compilation {
  const { error, status, stdout, stderr } = run(program, ['build', file, '--stdout'])
  if (error)
    throw new Error(`The Bicep compiler at ${program} does not run: ${error.message}. Delete .bicep/ and try again.`)
  const template: unknown = status === 0 ? JSON.parse(stdout) : undefined
  return {
    template,
    complaints: stderr
      .split('\n')
      .map((line) => line.replace(`${root}/`, ''))
      .filter((line) => line !== '')
  }
}

/** Where a template is deployed to in snapshots; a snapshot of another place has other names. */
const place = ['--subscription-id', '00000000-0000-4000-8000-000000000003', '--location', 'westus2'] as const
const tenant = ['--tenant-id', '00000000-0000-4000-8000-00000000000a'] as const

/** Writes what a `.bicepparam` would deploy, as far as the compiler knows, beside it: `NAME.snapshot.json`. */
export function writeSnapshot(program: string, file: string): void {
  const { status, stderr } = run(program, ['snapshot', file, '--mode', 'overwrite', ...place, ...tenant])
  if (status !== 0)
    throw new Error(`There is no snapshot of ${file}: ${stderr}Correct it, and run npm run infra -- --write.`)
  const at = resolve(root, file.replace(/\.bicepparam$/, '.snapshot.json'))
  const snapshot = JSON.parse(readFileSync(at, 'utf8')) as { readonly outputs: object }
  // The compiler gives outputs in any order; what is committed should change only where something did.
  const outputs = Object.fromEntries(Object.entries(snapshot.outputs).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(at, `${JSON.stringify({ ...snapshot, outputs }, undefined, 2)}\n`)
}

/** Every file of parameters in `infra/`, but those of a slot's administrator. */
export const parameterFiles = [
  'slot.example',
  'snapshots/main',
  'snapshots/main-vnet',
  'snapshots/slot-with-roles'
] as const

function run(program: string, args: readonly string[]) {
  const DOTNET_CLI_TELEMETRY_OPTOUT = '1'
  const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT, DOTNET_NOLOGO: '1' }
  return spawnSync(program, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}
