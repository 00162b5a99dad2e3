#!/usr/bin/env node
// Plain JavaScript that any Node reads: an installed `ckey` is run by whichever there is, and one that is too old is told so.
import process from 'node:process'

const needed = [22, 13]
const [major, minor] = process.versions.node.split('.').map(Number)

if (major > needed[0] || (major === needed[0] && minor >= needed[1])) {
  await import('./program/ckey.mjs')
} else {
  process.stderr.write(
    `ckey needs Node ${needed.join('.')} or newer, and this is ${process.versions.node}: nodejs.org has one.\n`
  )
  process.exitCode = 2
}
