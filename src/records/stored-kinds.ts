/** What every kind of stored document holds of people, and how long it lies there: docs/privacy.md is made of this. */
interface StoredAbout {
  readonly container: 'records' | 'ledger' | 'evidence' | 'backups'
  /** `{…}` stands for a part that differs. */
  readonly name: string
  /** Of people; `nothing` where there is nothing. */
  readonly holds: string
  readonly why: string
  /** What `ckey erase` does with one that is about the person. */
  readonly erased: 'rewritten' | 'emptied' | 'stays'
}

/** The one list of kinds: a document of another kind does not compile (`json-document.ts`, `text-record.ts`). */
export const storedKinds = {
  plan: {
    container: 'records',
    name: '{onboarding}/plan.json',
    holds: 'names and addresses of operators',
    why: 'what was asked for and approved; all work reads it',
    erased: 'rewritten'
  },
  start: {
    container: 'records',
    name: '{onboarding}/started.json',
    holds: 'object id and name of who started it',
    why: 'who started it, for readers',
    erased: 'rewritten'
  },
  'shown plan': {
    container: 'records',
    name: '{onboarding}/shown/{digest}/{object id}.json',
    holds: 'object id and name of who saw the plan',
    why: 'an approval stands on a reading',
    erased: 'rewritten'
  },
  'slot of a person': {
    container: 'ledger',
    name: 'acted/{tenant}/{object id}.json',
    holds: 'object id of somebody who acted for a slot',
    why: 'nobody ever acts for both slots of a tenant',
    erased: 'stays'
  },
  'people of a tenant': {
    container: 'records',
    name: 'tenants/{tenant}/people.json',
    holds: 'object ids and names of who stands for each slot',
    why: 'who may hand over a vault and attest a copy, where no onboarding was done',
    erased: 'stays'
  },
  'vault to be adopted': {
    container: 'records',
    name: 'adoptions/{vault}/{proposal}.json',
    holds: 'object id and name of who handed a vault over',
    why: 'what one slot said, until the other confirms it',
    erased: 'stays'
  },
  'confirmed adoption': {
    container: 'records',
    name: 'adoptions/{vault}/{digest}.confirmed.json',
    holds: 'object id and name of who confirmed it',
    why: 'who let it become the rule',
    erased: 'stays'
  },
  answer: {
    container: 'records',
    name: '{onboarding}/said/{entry}.json',
    holds: 'the words of a person’s answer, with their name',
    why: 'what was said, beside the decision in the ledger',
    erased: 'emptied'
  },
  reason: {
    container: 'records',
    name: '{onboarding}/said/{entry}.json',
    holds: 'why an answer was not taken or a mail did not arrive, which may name people',
    why: 'for whoever asks',
    erased: 'emptied'
  },
  'change of people': {
    container: 'records',
    name: '{onboarding}/said/{entry}.json',
    holds: 'who acts in whose place, with names and reason',
    why: 'who may act, while the onboarding runs',
    erased: 'emptied'
  },
  'ended chapter': {
    container: 'records',
    name: '{onboarding}/chapters/{step}/{digest}.json',
    holds: 'names and reasons in what a chapter told',
    why: 'a later generation goes on from there',
    erased: 'rewritten'
  },
  'start of a vault set-up': {
    container: 'records',
    name: '{onboarding}/branches/{policy}.{slot}/{digest}.json',
    holds: 'names of the slots’ operators',
    why: 'a later generation of the branch starts from it',
    erased: 'rewritten'
  },
  'result of a vault': {
    container: 'records',
    name: '{onboarding}/branches/{vault}/{digest}.json',
    holds: 'names and reasons of overrides and answers',
    why: 'the hand-off is made of it',
    erased: 'rewritten'
  },
  'verified vault': {
    container: 'records',
    name: '{onboarding}/vaults/{vault}/{digest}.json',
    holds: 'nothing',
    why: 'the hand-off is made of it',
    erased: 'stays'
  },
  'hand-off': {
    container: 'records',
    name: '{onboarding}/hand-off.json',
    holds: 'names of who approved and answered, names and addresses of officers, reasons',
    why: 'the final document',
    erased: 'rewritten'
  },
  'hand-off for readers': {
    container: 'records',
    name: '{onboarding}/hand-off.md',
    holds: 'the same',
    why: 'the same, for readers',
    erased: 'rewritten'
  },
  'report of what a cancelled onboarding leaves': {
    container: 'records',
    name: '{onboarding}/cancelled.md',
    holds: 'names of who cancelled',
    why: 'what is left to be done after a cancel',
    erased: 'rewritten'
  },
  'sent mail': {
    container: 'records',
    name: '{onboarding}/mail/{kind}-{operation}.json',
    holds: 'addresses it went to',
    why: 'no mail is sent twice',
    erased: 'rewritten'
  },
  'mail file': {
    container: 'records',
    name: '{onboarding}/mail/{task}.eml',
    holds: 'names and addresses of officers and operators',
    why: 'a person sends it to Microsoft',
    erased: 'emptied'
  },
  'delivery report': {
    container: 'records',
    name: 'hub/deliveries/{operation}/{alias}.json',
    holds: 'nothing: of mails to Microsoft’s aliases alone',
    why: 'that a mail which Azure took came back later',
    erased: 'stays'
  },
  'handed mail': {
    container: 'records',
    name: 'hub/mails/{hour}/{moment}.{operation}.json',
    holds: 'nothing',
    why: 'how many mails an hour had',
    erased: 'stays'
  },
  layout: {
    container: 'records',
    name: 'hub/layout.json',
    holds: 'nothing',
    why: 'which releases may work on this store',
    erased: 'stays'
  },
  'managed vault': {
    container: 'records',
    name: 'vaults/{vault}.json',
    holds: 'nothing',
    why: 'which vaults the app looks after',
    erased: 'stays'
  },
  'rules of a vault': {
    container: 'records',
    name: 'rules/{vault}/{moment}.json',
    holds: 'object ids of administrators',
    why: 'what a sweep compares with',
    erased: 'stays'
  },
  'offline copy': {
    container: 'records',
    name: 'offline-copies/slot-{slot}/{moment}.json',
    holds: 'name of who attested it, and their words',
    why: 'somebody holds a copy of each backup (R45)',
    erased: 'rewritten'
  },
  'restore drill': {
    container: 'records',
    name: 'drills/{vault}/{key}/{version}.json',
    holds: 'nothing',
    why: 'that a backup was restored for proof',
    erased: 'stays'
  },
  'batch of evidence': {
    container: 'evidence',
    name: '{onboarding}/{step}/{digest}.json; those of `app` lie in `records`',
    holds: 'in a slot’s store object ids; in `records` also names of operators that the directory was asked about',
    why: 'what was observed, by which call',
    erased: 'rewritten'
  },
  'head of a ledger': {
    container: 'evidence',
    name: '{onboarding}/ledger/{chapter}.json',
    holds: 'nothing; digests',
    why: 'nobody rewrites the ledger alone',
    erased: 'stays'
  },
  'entry of a ledger': {
    container: 'ledger',
    name: '{chain}/{number}',
    holds: 'object ids, decisions, digests of salted documents',
    why: 'who decided what, and what was done on it',
    erased: 'stays'
  },
  'manifest of a backup': {
    container: 'backups',
    name: '{vault}/{key}/{fingerprint}.keybackup.json',
    holds: 'nothing',
    why: 'what a backup is of; the backup itself, beside it, holds nothing of people either',
    erased: 'stays'
  }
} as const satisfies Readonly<Record<string, StoredAbout>>

export type StoredKind = keyof typeof storedKinds

/** Whether a document of `records` is of a kind that `ckey erase` leaves as it is. */
export const staysInRecords = (name: string): boolean => stayingNames.some((pattern) => pattern.test(name))

const stayingNames = Object.values(storedKinds)
  .filter(({ container, erased }) => container === 'records' && erased === 'stays')
  .map(({ name }) => new RegExp(`^${name.replaceAll('.', String.raw`\.`).replaceAll(/\{[^}]+\}/g, '[^/]+')}$`))
