// What azd and gh take, as their own help says it: whoever writes a command of theirs that is not here looks it up.

interface Form {
  /** Fewest and most words behind the name that are no flag. */
  readonly takes: readonly [number, number]
  /** Each takes a value, but those that end in `!`. */
  readonly flags: readonly string[]
}

/** https://github.com/Azure/azure-dev/tree/main/cli/azd/cmd/testdata (TestUsage-azd-*.snap), read for 1.23 and later */
const azd: Readonly<Record<string, Form>> = {
  version: { takes: [0, 0], flags: ['--output'] },
  up: { takes: [0, 0], flags: ['--environment'] },
  provision: { takes: [0, 0], flags: ['--environment', '--preview!'] },
  package: { takes: [0, 1], flags: ['--environment', '--all!', '--output-path'] },
  deploy: { takes: [0, 1], flags: ['--environment', '--all!', '--from-package', '--timeout'] },
  down: { takes: [0, 0], flags: ['--environment', '--force!', '--purge!'] },
  'auth login': { takes: [0, 0], flags: ['--tenant-id', '--use-device-code!'] },
  'env new': { takes: [1, 1], flags: ['--location', '--subscription'] },
  'env set': { takes: [2, 2], flags: ['--environment'] },
  'env get-value': { takes: [1, 1], flags: ['--environment'] },
  'env get-values': { takes: [0, 0], flags: ['--environment'] },
  'hooks run': { takes: [1, 1], flags: ['--environment', '--platform', '--service'] }
}

/** https://cli.github.com/manual/gh_release_create */
const gh: Readonly<Record<string, Form>> = {
  'release create': {
    takes: [1, 99],
    flags: ['--notes', '--notes-file', '--title', '--target', '--draft!', '--prerelease!', '--verify-tag!']
  }
}

/** What is wrong with a call of azd or of gh; empty: nothing. `isNamed`: it may be without what it takes. */
export function faultOfCall([program = '', ...words]: readonly string[], isNamed = false): string {
  const found = Object.entries({ azd, gh }[program] ?? {}).find(([name]) =>
    `${words.join(' ')} `.startsWith(`${name} `)
  )
  if (found === undefined) return `${program} has no command ${words.join(' ')}`
  const [name, { takes, flags }] = found
  const { plain, unknown } = sorted(words.slice(name.split(' ').length), flags)
  if (unknown.length > 0) return `${program} ${name} has no ${unknown.join(', ')}`
  const isTooFew = plain.length < takes[0] && !isNamed
  return isTooFew || plain.length > takes[1] ? `${program} ${name} takes not ${plain.join(' ')}` : ''
}

function sorted(words: readonly string[], flags: readonly string[]) {
  const [plain, unknown]: [string[], string[]] = [[], []]
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('--')) plain.push(word)
    else if (flags.includes(word)) rest.shift()
    else if (!flags.includes(`${word}!`)) unknown.push(word)
  }
  return { plain, unknown }
}
