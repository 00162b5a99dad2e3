import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { packagesIn } from './supply/lockfile.ts'
import { supplyFaults } from './supply/supply-faults.ts'

// npm run -s supply: licences of every locked package, and advisories where the registry offers them.
const packages = packagesIn(readFileSync('package-lock.json', 'utf8'))
for (const [licence, names] of Map.groupBy(packages, ({ license = '(none)' }) => license)) {
  const deployed = names.filter(({ dev }) => !dev).length
  say(
    `${String(names.length).padStart(5)} ${licence}${deployed > 0 ? `, ${String(deployed)} of them beside the app` : ''}`
  )
}
const faults = [...supplyFaults(packages), ...advisories()]
for (const fault of faults) say(fault)
say(`${String(packages.length)} packages, ${String(faults.length)} faults`)
if (faults.length > 0) process.exitCode = 1

/** What npm knows against packages that are deployed. Not every registry answers. */
function advisories(): string[] {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    encoding: 'utf8',
    shell: process.platform === 'win32'
  })
  const audit = JSON.parse(stdout || '{}') as { vulnerabilities?: Record<string, { severity: string; range: string }> }
  if (!audit.vulnerabilities) {
    say('SKIPPED LOUDLY: this registry offers no advisories. Run `npm audit --omit=dev` where one does.')
    return []
  }
  return Object.entries(audit.vulnerabilities).map(
    ([name, { severity, range }]) => `${name} ${range} has an advisory (${severity}). Run npm audit.`
  )
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
