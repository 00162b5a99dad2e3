/** Where the figures stand. */
export const mutantsPage = 'docs/mutants.md'

/** What became of the mutants of one room of the domain. */
export interface RoomRun {
  readonly room: string
  /** A test failed, or ran without an end. */
  readonly killed: number
  readonly survived: number
  /** No test of the domain reaches them. */
  readonly unreached: number
  /** Of code that runs once, when it is loaded: tables and schemas. */
  readonly untried: number
  /** ISO 8601, a day. */
  readonly day: string
  readonly commit: string
}

const lineOf = ({ room, killed, survived, unreached, untried, day, commit }: RoomRun): string =>
  `| \`${room}\` | ${[killed, survived, unreached, untried].join(' | ')} | ${shareOf({ killed, survived, unreached })} | ${day} | ${commit} |`

/** Rooms as the page has them. */
export const roomsOn = (page: string): RoomRun[] =>
  [...page.matchAll(/^\| `([\w-]+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| [^|]* \| ([\d-]+) \| (\w+) \|$/gm)].map(
    ([, room = '', killed, survived, unreached, untried, day = '', commit = '']) => ({
      room,
      killed: Number(killed),
      survived: Number(survived),
      unreached: Number(unreached),
      untried: Number(untried),
      day,
      commit
    })
  )

/** The page with one room's figures made anew, or added. `rooms`: all that the domain has. */
export function withRoom(page: string, run: RoomRun, rooms: readonly string[]): string {
  const runs = [...roomsOn(page).filter(({ room }) => room !== run.room && rooms.includes(room)), run]
  const sorted = runs.toSorted((one, other) => one.room.localeCompare(other.room))
  const total = {
    killed: sum(runs, 'killed'),
    survived: sum(runs, 'survived'),
    unreached: sum(runs, 'unreached'),
    untried: sum(runs, 'untried')
  }
  const left = rooms.filter((room) => !runs.some((each) => each.room === room))
  return [
    ...head,
    `Rooms tried: ${String(runs.length)} of ${String(rooms.length)}${left.length > 0 ? `; not ${left.join(', ')}` : ''}. Of ` +
      `${String(total.killed + total.survived + total.unreached)} mutants ${String(total.killed)} were noticed, ${shareOf(total)}; ` +
      `of those that a test of the domain reaches, ${shareOf({ ...total, unreached: 0 })}.`,
    '',
    '| room of `src/domain` | noticed | survived | no test reaches | not tried | noticed of all | on | commit |',
    '|---|---|---|---|---|---|---|---|',
    ...sorted.map(lineOf),
    '',
    ...foot
  ].join('\n')
}

const sum = (runs: readonly RoomRun[], what: 'killed' | 'survived' | 'unreached' | 'untried'): number =>
  runs.reduce((all, each) => all + each[what], 0)

function shareOf({ killed, survived, unreached }: Pick<RoomRun, 'killed' | 'survived' | 'unreached'>): string {
  const all = killed + survived + unreached
  return all === 0 ? '–' : `${((100 * killed) / all).toFixed(1)} %`
}

const head = [
  '# Mutants of the domain',
  '',
  'Stryker changes one thing of a rule at a time (a comparison, a condition, a list, a call), and the tests under `test/domain` alone',
  'must notice. `npm run mutants -- ROOM…` tries rooms, all without a name; it writes their lines here and prints each mutant that',
  'nobody noticed. Texts are not changed. What a journey or a test of another room would notice counts as unreached here.',
  ''
]

const foot = [
  'Not tried is what runs once, when a module is loaded (tables, schemas): a mutant there would need a process of its own. Examples of',
  'properties are ten of one seed, so that a figure does not change by itself.',
  '',
  'Survivors that no test can tell apart, by kind: a memo that is not kept (the answer is the same, later); `?.` or `?? …` where the',
  'compiler wants it for an index that the line before made sure of; `>` for `>=` between numbers or moments of which no two are',
  'equal, such as those of entries in one chain; a spread of `true` or `undefined` for a spread of nothing; a guard before a loop that',
  'then has nothing to do.',
  ''
]
