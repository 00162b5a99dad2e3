import { erasePerson, findPerson, type EraseReach, type Search } from '../../src/steps/privacy/erase.ts'
import type { Outside } from '../outside.ts'
import { CkeyError, exitCodes, type Report } from '../report.ts'
import type { AddCommand } from '../shell.ts'

interface EraseOptions {
  readonly name: readonly string[]
  readonly store?: string
  readonly erase?: boolean
}

/** `ckey erase`: by an administrator's own sign-in, since the app must not rewrite what others name by digest. */
export const addErase: AddCommand = (program, shell) => {
  program
    .command('erase <person>')
    .description('take a person’s names, addresses and words out of the records, as the person signed in with az login')
    .option('--name <text>', 'a further name or address of theirs, as often as needed', gathered, [])
    .option('--store <url>', 'blob endpoint of the records (default: CKEY_RECORDS_STORE_URL)')
    .option('--erase', 'erase it; without, only say what would be erased and what stays')
    .option('--json', 'print one JSON document')
    .action(
      shell.does(async (who: string, options: EraseOptions) =>
        erase(who, options, await reachOf(options, shell.outside))
      )
    )
}

const gathered = (value: string, before: readonly string[]): readonly string[] => [...before, value]

async function erase(who: string, { name, erase: isMeant }: EraseOptions, reach: EraseReach): Promise<Report> {
  const isObjectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(who)
  const given = { oid: isObjectId ? who.toLowerCase() : undefined, names: isObjectId ? name : [who, ...name] }
  const search = await findPerson(reach.store, given)
  const now = search.found.filter(({ runs }) => !runs).map((each) => each.name)
  const later = search.found.filter(({ runs }) => runs).map((each) => each.name)
  const left = isMeant === true ? await erasePerson(reach, search) : []
  const data = { person: search.person, erased: isMeant === true ? now : [], found: now, later, left }
  return {
    data,
    lines: [...foundLines(search, { now, isMeant: isMeant === true }), ...leftLines(left), ...stayLines(search, later)],
    exitCode: left.length === 0 ? exitCodes.done : exitCodes.refused
  }
}

function foundLines(
  { person }: Search,
  { now, isMeant }: { readonly now: readonly string[]; readonly isMeant: boolean }
) {
  if (person.names.length === 0)
    return ['No record gives this object id a name: there is nothing to erase by it. Give --name.']
  const done = isMeant
    ? 'were written anew without them'
    : 'would be written anew without them. Nothing was done: give --erase to do it'
  return [
    `They are called ${person.names.join(', ')} here. ${String(now.length)} documents ${done}.`,
    ...now.map((each) => `  ${each}`)
  ]
}

const leftLines = (left: readonly string[]): string[] =>
  left.length === 0
    ? []
    : [
        'These still say something of them. Run it again; if they stay, look at them by hand:',
        ...left.map((each) => `  ✗ ${each}`)
      ]

/** Why the rest stays, and until when. */
const stayLines = ({ ledgerUntil }: Search, later: readonly string[]): string[] => [
  'What stays:',
  ...(later.length === 0
    ? []
    : [
        `  ${String(later.length)} documents that the app works by: of onboardings that run (run this again once they have ended), or of who stands for a slot:`,
        ...later.map((each) => `    ${each}`)
      ]),
  `  object ids and decisions in the ledger: who decided must be provable; ${ledgerUntil === undefined ? 'not locked' : `locked until ${ledgerUntil.slice(0, 10)}`}`,
  '  object ids in the slots’ evidence: what was observed; as long as retentionDays of each slot, and without a name',
  '  earlier versions of these documents: for some hundred days, then the store deletes them by its own rule',
  '  histories in the task hub, which the page of an onboarding shows: until the hub is left (docs/privacy.md)',
  '  mails that went out, exported files, the directory itself: with whoever has them'
]

async function reachOf({ store }: EraseOptions, { env }: Outside): Promise<EraseReach> {
  const storeUrl = (store ?? env['CKEY_RECORDS_STORE_URL'] ?? '').replace(/\/+$/, '')
  if (/^https:\/\/[a-z0-9]{3,24}\.blob\.core\.windows\.net$/.test(storeUrl)) {
    const { connectEraser, personsCredential } = await import('../../src/azure/connect-person.ts')
    return connectEraser({ storeUrl, credential: personsCredential() })
  }
  throw new CkeyError(
    `The store of records is not known: "${storeUrl}" is no blob endpoint. Give --store https://<account>.blob.core.windows.net, ` +
      'or set CKEY_RECORDS_STORE_URL.',
    exitCodes.unusable
  )
}
