import { compileBicep, findBicep, parameterFiles, writeSnapshot } from './bicep.ts'

const bicep = findBicep()
if ('missing' in bicep) {
  process.stdout.write(`SKIPPED: infra/ is not compiled here, for want of the Bicep compiler: ${bicep.missing}\n`)
} else {
  for (const file of ['infra/main.bicep', 'infra/slot.bicep']) {
    const { complaints } = compileBicep(bicep.program, file)
    process.stdout.write(
      [`${file}: ${complaints.length === 0 ? 'compiled, nothing to complain of' : 'faulty'}`, ...complaints, ''].join(
        '\n'
      )
    )
    if (complaints.length > 0) process.exitCode = 1
  }
  // Snapshots are compared by test/infra/snapshots.test.ts: whoever changes a template writes them anew, and reads what changed.
  if (process.argv.includes('--write'))
    for (const name of parameterFiles) writeSnapshot(bicep.program, `infra/${name}.bicepparam`)
}
