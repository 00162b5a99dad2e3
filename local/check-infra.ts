import { compileBicep, findBicep } from './bicep.ts'

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
}
