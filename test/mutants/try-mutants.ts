import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { mutantsPage, withRoom, type RoomRun } from './page.ts'

// npm run mutants -- ROOM…: Stryker over rooms of src/domain, one after the other. Only one room is instrumented at a time: with
// all of them the tests themselves take twenty times as long.

const { values, positionals } = parseArgs({
  options: { temp: { type: 'string', default: 'test-output/mutants' } },
  allowPositionals: true
})

type Tried = Awaited<ReturnType<Stryker['runMutationTest']>>

const rooms = readdirSync('src/domain', { withFileTypes: true }).flatMap((each) =>
  each.isDirectory() ? [each.name] : []
)
const unknown = positionals.filter((room) => !rooms.includes(room))
if (unknown.length > 0) {
  process.stderr.write(`src/domain has no room ${unknown.join(', ')}. Name some of ${rooms.join(', ')}.\n`)
  process.exit(2)
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

for (const room of positionals.length > 0 ? positionals : rooms) {
  const mutants = await tried(room)
  const run = runOf(room, mutants)
  for (const each of mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')) say(lineOf(each))
  say(`  ${room}: ${String(run.killed)} noticed, ${String(run.survived)} not, ${String(run.unreached)} unreached\n`)
  writeFileSync(mutantsPage, withRoom(existsSync(mutantsPage) ? readFileSync(mutantsPage, 'utf8') : '', run, rooms))
}

/** Texts are not changed; what runs once, when it is loaded, would take a process for each mutant. */
function tried(room: string): Promise<Tried> {
  return new Stryker({
    mutate: [`src/domain/${room}/**/*.ts`],
    testRunner: 'in-one-process',
    plugins: ['./test/mutants/runner.ts'],
    mutator: { excludedMutations: ['StringLiteral'] },
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: 1,
    // Most that has no end is stopped by the count of its rounds; the time is for a machine that is busy.
    timeoutMS: 15_000,
    reporters: [],
    tempDirName: values.temp,
    ignorePatterns: ['dist', 'test-output', '.rehearsal', 'infra/.bicep']
  }).runMutationTest()
}

function runOf(room: string, mutants: Tried): RoomRun {
  const count = (...statuses: readonly string[]): number =>
    mutants.filter(({ status, mutatorName }) => statuses.includes(status) && mutatorName !== 'StringLiteral').length
  return {
    room,
    killed: count('Killed', 'Timeout'),
    survived: count('Survived', 'RuntimeError'),
    unreached: count('NoCoverage'),
    untried: count('Ignored'),
    day: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  }
}

function lineOf({ status, fileName, mutatorName, replacement, location: { start, end } }: Tried[number]): string {
  const line = readFileSync(fileName, 'utf8').split('\n')[start.line - 1] ?? ''
  const was = line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined).slice(0, 100)
  const place = `${relative('.', fileName)}:${String(start.line)}`
  const instead = replacement.replaceAll(/\s+/g, ' ').slice(0, 100)
  return `  ${status === 'Survived' ? 'survived ' : 'unreached'} ${place}  ${mutatorName}: ${was} => ${instead}`
}
