import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { clientPackage } from './client-package.ts'

const folder = '.client'
await clientPackage(folder)
const { status, stdout } = spawnSync('npm', ['pack', `./${folder}`, '--silent'], {
  encoding: 'utf8',
  shell: process.platform === 'win32', // npm is a script there
  stdio: ['ignore', 'pipe', 'inherit']
})
if (status !== 0) process.exit(status ?? 1)
const file = stdout.trim()
process.stdout.write(
  `${file}: ${(statSync(file).size / 1000).toFixed(0)} kB, for Node 22.13 or newer, with nothing beside it.\n` +
    `Install it: npm install --global ./${file}\n`
)
