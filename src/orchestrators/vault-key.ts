import { later, secondsBetween } from '../domain/state/azure-wait.ts'
import type { EvidenceRef } from '../domain/terms/evidence.ts'
import { act, keeperOf, now, type Story } from './durable.ts'
import { questionOf } from './people.ts'
import { untilHeld } from './until-held.ts'
import { lookUntil } from './wait-on-azure.ts'
import { about, askOperator, heard, told, type Branch } from './vault-branch.ts'

const minute = 60
const hour = 60 * minute

/** The registration reaches a key's recovery level some time later: that is a finding after a day only (R44). */
export function* keyMade(branch: Branch): Story<EvidenceRef> {
  const { context, task } = branch
  const imported = yield* keyImported(branch)
  const lastLook = later(now(context), 24 * hour)
  const heardBy = later(now(context), 20 * minute)
  const what = `the registration to reach key ${task.vault.keyName} of ${task.vault.vaultName}`
  const seen = yield* untilHeld(branch, about(branch, 'make-key', 'R40'), function* (mend) {
    const patience = { first: 5 * minute, longest: 6 * hour, most: secondsBetween(now(context), lastLook) }
    const look = () =>
      heard(branch, heardBy, () =>
        act(context, 'make-key', { ...told(branch), mayMend: imported || mend !== undefined })
      )
    const looked = yield* lookUntil(
      keeperOf(context),
      { what, patience },
      look,
      ({ propagating, findings: [found] }) => (propagating ? { said: found?.observed ?? '' } : undefined)
    )
    return looked.seen // what still does not hold is its finding
  })
  return seen.evidence
}

/** Where people import the key: asks one of the slot until it is there. Whether it came in this run. */
function* keyImported(branch: Branch): Story<boolean> {
  const { context, task } = branch
  if (task.keys !== 'imported') return false
  const heardBy = later(now(context), 20 * minute)
  for (let asked = false; ; asked = true) {
    const { there } = yield* untilHeld(branch, about(branch, 'find-key', 'R40'), () =>
      heard(branch, heardBy, () => act(context, 'find-key', told(branch)))
    )
    if (there) return asked
    const vault = task.vault.vaultName.toLowerCase()
    yield* askOperator(branch, questionOf(branch, { kind: 'import-key', vault }, { task, again: asked }))
  }
}
