import { storedKinds } from '../../src/records/stored-kinds.ts'

const keptIn = {
  records:
    'until somebody deletes it; an earlier version goes after a week or so, and can be got back for 90 days more',
  ledger: '`ledgerRetentionDays`, locked',
  evidence: '`retentionDays`, locked; in `records` until somebody deletes it',
  backups: '`retentionDays`, locked'
}

const howErased = {
  rewritten: '`ckey erase` writes it anew without name, address and reason',
  emptied: '`ckey erase` leaves nothing in it but that it was erased, and when',
  stays: 'stays'
}

/** A row for each kind of stored document. */
export const privacyTable = (): string =>
  [
    '| what | where | holds of people | why | how long | how erased |',
    '|---|---|---|---|---|---|',
    ...Object.entries(storedKinds).map(
      ([kind, { container, name, holds, why, erased }]) =>
        `| ${kind} | \`${container}\`: ${name.replace(/^[^;]+/, (path) => `\`${path}\``)} | ${holds} | ${why} | ${keptIn[container]} | ${howErased[erased]} |`
    )
  ].join('\n')
