import { lookedAtAgain } from './afterwards.ts'
import type { Check } from './checks.ts'
import type { Slot } from '../terms/evidence.ts'
import { daysToCopy } from '../backups/offline-copy.ts'

/** A key that is looked after. */
export interface KeptKeyObserved {
  /** When its present state was backed up; undefined while it is not. */
  readonly backedUpAt: string | undefined
  /** When the newest offline copy of its slot was attested. */
  readonly copiedAt: string | undefined
}

export interface KeptKeyExpected {
  readonly slot: Slot
  /** ISO 8601 UTC */
  readonly now: string
}

/** What must go on holding of a key and its copies (R45). */
export const keptKeyChecks: readonly Check<KeptKeyObserved, KeptKeyExpected>[] = [
  {
    code: 'offline-copy',
    requirement: 'R45',
    on: 'key',
    expected: () => `an offline copy, attested within ${daysToCopy} days of the newest backup`,
    holds: (observed, { now }) => isCopied(observed) || !isOld(observed, now),
    describe: (observed) =>
      `backed up ${observed.backedUpAt ?? 'not yet'}, ${isCopied(observed) ? 'copied' : `offline copy ${observed.copiedAt ?? 'never'}`}`,
    overridable: false,
    means:
      `A key was backed up more than ${daysToCopy} days ago, and nobody has attested an offline copy since. Were the store lost, so ` +
      'would be the key’s newest state. Nobody keeps the copies of both slots.',
    look: [
      'ckey export-backups --slot SLOT --to FOLDER   # the newest moment it names is the one to cover',
      'az storage blob list --auth-mode login --account-name RECORDS --container-name records --prefix offline-copies/slot-SLOT/ ' +
        '--query "[].name"'
    ],
    cure: (_, { slot }) =>
      `The person who keeps the copy of slot ${slot} runs ckey export-backups --slot ${slot} --to backups-slot-${slot}, stores that folder ` +
      `on a medium that no network reaches, then ckey attest-copy --slot ${slot} --location with words for where it lies.`,
    afterwards: lookedAtAgain,
    broken: [
      {
        observed: { backedUpAt: '2026-11-01T00:00:00Z', copiedAt: undefined },
        expected: { slot: 1, now: '2026-11-30T00:00:00Z' }
      }
    ]
  }
]

/** Whether the present state of a key lies offline too, or has no backup that could. */
export const isCopied = ({ backedUpAt, copiedAt }: KeptKeyObserved): boolean =>
  backedUpAt === undefined || (copiedAt !== undefined && wasThere(backedUpAt, copiedAt))

/** Whether one moment is no later than the other, of ISO 8601 UTC: by whole seconds, which is how stores tell theirs. */
export const wasThere = (one: string, other: string): boolean => one.slice(0, 19) <= other.slice(0, 19)

const isOld = ({ backedUpAt }: KeptKeyObserved, now: string): boolean =>
  backedUpAt !== undefined && Date.parse(now) > Date.parse(backedUpAt) + daysToCopy * 86_400_000
