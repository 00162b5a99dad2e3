import type { Outside } from '../outside.ts'
import { profile, profileNamed, readProfiles, writeProfiles, type Profile, type Profiles } from '../profiles.ts'
import { CkeyError, exitCodes, type Report } from '../report.ts'
import type { AddCommand } from '../shell.ts'

interface Given {
  readonly url: string
  readonly audience?: string
  readonly as?: string
}

/** Names for deployments, so that nobody types addresses: kept in ckey’s configuration file, which holds no secret. */
export const addProfile: AddCommand = (program, { outside, does }) => {
  const group = program.command('profile').description('names for the apps that you talk to: add, use, remove, list')
  group
    .command('list')
    .description('all there are; the one that holds where none is named has a star')
    .option('--json', 'print one JSON document')
    .action(does(async () => listed(readProfiles(outside.env))))
  group
    .command('add <name>')
    .description('make one, or change it; the first holds where none is named')
    .requiredOption('--url <url>', 'the app’s address')
    .option('--audience <uri>', 'in Azure: the app’s audience, api://<client id>')
    .option('--as <user>', 'who acts, on the embedded host')
    .action(does(async (name: string, given: Given) => add(name, given, outside)))
  group
    .command('use <name>')
    .description('let it hold where none is named')
    .action(
      does(async (name: string) => {
        const all = readProfiles(outside.env)
        profileNamed(all.profiles, name)
        return kept({ ...all, profile: name }, outside, `${name} holds where no profile is named.`)
      })
    )
  group
    .command('remove <name>')
    .description('forget it')
    .action(
      does(async (name: string) => {
        const { profile: usual, profiles } = readProfiles(outside.env)
        profileNamed(profiles, name)
        const { [name]: gone, ...left } = profiles
        const still = usual === name ? {} : usual !== undefined && { profile: usual }
        return kept({ ...still, profiles: left }, outside, `${name} is forgotten: it was ${gone?.url ?? ''}.`)
      })
    )
}

function add(name: string, given: Given, outside: Outside): Report {
  const { url, audience, as } = given
  const read = profile.safeParse({ url, ...(audience && { audience }), ...(as && { as }) })
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `  --${path.map(String).join('.')}  ${message}`)
    throw new CkeyError([`The profile ${name} was not made:`, ...faults].join('\n'), exitCodes.unusable)
  }
  const all = readProfiles(outside.env)
  const made = { profile: all.profile ?? name, profiles: { ...all.profiles, [name]: read.data } }
  return kept(made, outside, `${name} is ${lineOf(read.data)}.`)
}

function kept(all: Profiles, { env }: Outside, line: string): Report {
  return { data: undefined, lines: [`${line} Written to ${writeProfiles(env, all)}.`] }
}

function listed({ profile: usual, profiles }: Profiles): Report {
  const lines = Object.entries(profiles).map(([name, each]) => `${name === usual ? '*' : ' '} ${name}  ${lineOf(each)}`)
  return {
    data: { profile: usual ?? null, profiles },
    lines: lines.length === 0 ? ['There are none yet: ckey profile add NAME --url URL makes one.'] : lines
  }
}

const lineOf = ({ url, audience, as }: Profile): string =>
  [url, audience, as && `as ${as}`].filter((each) => each !== undefined && each !== '').join(' · ')
