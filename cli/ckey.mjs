#!/usr/bin/env node
// Plain JavaScript on purpose: a linked `ckey` may be run by a Node that is too old for the rest. It then runs itself
// again with the Node that npm installed beside it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 24 || (major === 24 && minor >= 5)) {
  await import('./ckey.ts')
} else {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const pinned = join(here, '..', 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(pinned)) {
    const { status, signal } = spawnSync(pinned, [join(here, 'ckey.mjs'), ...process.argv.slice(2)], {
      stdio: 'inherit'
    })
    process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 1)
  } else {
    process.stderr.write(
      `ckey needs Node ≥ 24.5, found ${process.versions.node}, and no Node lies beside it. ` +
        'Run npm ci in the repository (Linux and Windows), or install Node 24.\n'
    )
    process.exitCode = 2
  }
}
