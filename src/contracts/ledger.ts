import type { Amendment } from '../domain/ledger/amendment.ts'
import type { Author } from '../domain/ledger/chains.ts'
import type { Entry, SayingOf } from '../domain/ledger/entry.ts'
import type { Pending } from '../domain/ledger/heard-answer.ts'
import type { Standing } from '../domain/ledger/standing.ts'
import type { Person } from '../domain/people/person.ts'
import type { Fact } from '../domain/state/fact.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import type { UnreadableRecord } from './unreadable-record.ts'

export type { Amendment, Pending }

/** Whose ledger an activity reads or adds to. */
export interface OfLedger {
  readonly onboarding: string
  /** Put in by `act` in src/orchestrators/durable.ts, for every activity. */
  readonly as?: Author
}

/** What there is to hear. */
export interface Heard {
  /** In the onboarding's chain. */
  readonly standing?: Standing
  /** Of the own chain, oldest first. One that this release cannot read is refused when it is heard, and not among them. */
  readonly answers: readonly Pending[]
  /** All of the onboarding so far, oldest first. */
  readonly amendments: readonly Amendment[]
  /** Mails that could not be delivered, as far as they were not told before. */
  readonly failedMails: readonly { readonly id: string; readonly letter: string; readonly why: string }[]
}

/** Where an orchestration goes on: nothing of all this for the first generation. */
export interface Recalled extends Heard {
  /** Results of the chapters that have ended, by their names. */
  readonly chapters: Readonly<Record<string, unknown>>
  /**
   * What the state is made of: what the chapters that have ended told, and as far as that leaves it out, what the ledger says by
   * itself: `answered` and `overridden` of answers of this chain that were taken, `replaced` of all amendments, `taken-over`.
   */
  readonly facts: readonly Fact[]
  /**
   * Answers that were taken since the last chapter's end: they count without being judged again. Also the cancel or halt that
   * stands, once taken, and each `go-on` taken after it. Not those of one finding (retry, mend), and none that facts and
   * amendments tell.
   */
  readonly carried: readonly Answer[]
  /** When and why this generation took over; absent in the first. */
  readonly takenOver?: { readonly at: string; readonly why: string }
}

export interface Verdict {
  readonly answer: string
  readonly verdict: SayingOf<'verdict'>['verdict']
  /** Why it was not taken, in a sentence. */
  readonly why?: string
  /** Of an override: what was observed when it was taken. */
  readonly of?: string
}

/** What routes and timers ask of the ledger, and add to it. */
export interface Ledger {
  /** A chain as it stands; empty where there is none. */
  entries(chain: string): Promise<readonly Entry[]>
  /** The same, as far as this process has read it before; what came since is not among them. */
  known(chain: string): Promise<readonly Entry[]>
  /** Adds what a person said; its text goes to a document that can be erased. */
  answer(chain: string, answer: NewAnswer): Promise<Entry<'answer'>>
  /** What people said to these chains, with the words and the verdicts, oldest first. */
  said(chains: readonly string[], options?: SaidOptions): Promise<readonly Said[]>
  /** All the onboarding was told, as a new generation would go on from it. */
  recalled(author: Author, onboarding: string): Promise<Recalled>
  /** Claims a tenant for an onboarding; the onboarding that holds it instead, where another does. */
  claim(tenantId: string, onboarding: string): Promise<string>
  /**
   * Onboardings that hold a claim and are not closed, each with its chain as it stands. `unread` is told of those whose chain
   * cannot be read, and which are left out: one of them must not hold up the others.
   */
  open(unread?: (one: UnreadChain) => void): Promise<readonly OpenChain[]>
  /** Those that hold a claim and that this process does not know to be closed: for whoever reads their chains anyway. */
  claimed(): Promise<readonly string[]>
  /** The chains of an onboarding's branches that have begun, by their names. */
  branches(onboarding: string): Promise<Readonly<Record<string, readonly Entry[]>>>
  /** Who acts in whose place, of all that an onboarding's chain says, oldest first. */
  amendments(whole: readonly Entry[]): Promise<readonly Amendment[]>
  /** Adds the first entry of an onboarding. */
  openOnboarding(onboarding: string, said: Omit<SayingOf<'opened'>, 'kind' | 'id'>): Promise<void>
  /** Says of a mail that it did not arrive. `id`: of the entry, the same for the same mail; `why` can be erased. */
  failedMail(
    onboarding: string,
    failed: { readonly id: string; readonly letter: string; readonly why: string }
  ): Promise<void>
  /** Adds a generation: false where that number is taken. */
  addGeneration(chain: string, said: Omit<SayingOf<'generation'>, 'kind' | 'id'>): Promise<boolean>
}

/** An onboarding that goes on, and all that its chain says. */
export interface OpenChain {
  readonly onboarding: string
  readonly entries: readonly Entry[]
}

/** What lies in a ledger and cannot be read: damaged, or written by a newer release. */
export interface UnreadChain {
  readonly chain: string
  readonly why: UnreadableRecord
}

export interface NewAnswer {
  readonly onboarding: string
  readonly task: string
  readonly serial?: number
  readonly generation?: number
  readonly person: Person
  /** UPN of the giver, for readers. */
  readonly by: string
  readonly answer: unknown
}

/** What somebody said, and what became of it. */
export interface Said {
  readonly id: string
  readonly chain: string
  readonly task: string
  readonly person: Person
  /** Absent where the words were erased. */
  readonly by?: string
  readonly answer?: unknown
  /** ISO 8601 UTC */
  readonly at: string
  /** Absent: nobody has judged it yet. */
  readonly verdict?: Omit<Verdict, 'answer' | 'of'> & { readonly at: string }
}

export interface SaidOptions {
  /** Only what was refused, came too late or waits for its verdict. */
  readonly untaken?: boolean
  /** Chains that were read already. */
  readonly read?: ReadonlyMap<string, readonly Entry[]>
}
