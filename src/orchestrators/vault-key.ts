import type { EvidenceRef } from '../domain/terms/evidence.ts'
import { act, later, now, type Story } from './durable.ts'
import { questionOf, waitFor } from './people.ts'
import { untilHeld } from './until-held.ts'
import { about, askOperator, heard, told, type Branch } from './vault-branch.ts'

const minute = 60
const hour = 60 * minute

/** The registration reaches a key's recovery level some time later: that is a finding after a day only (R44). */
export function* keyMade(branch: Branch): Story<EvidenceRef> {
  const { context } = branch
  const imported = yield* keyImported(branch)
  const lastLook = later(context, 24 * hour)
  const heardBy = later(context, 20 * minute)
  const seen = yield* untilHeld(branch, about(branch, 'make-key', 'R40'), function* (mend) {
    for (let pause = 5 * minute; ; pause = Math.min(2 * pause, 6 * hour)) {
      const look = yield* heard(branch, heardBy, () =>
        act(context, 'make-key', { ...told(branch), mayMend: imported || mend !== undefined })
      )
      if (!look.propagating || now(context) >= lastLook.toISOString()) return look
      const next = later(context, pause)
      yield* waitFor(branch, [], next < lastLook ? next : lastLook)
    }
  })
  return seen.evidence
}

/** Where people import the key: asks one of the slot until it is there. Whether it came in this run. */
function* keyImported(branch: Branch): Story<boolean> {
  const { context, task } = branch
  if (task.keys !== 'imported') return false
  const heardBy = later(context, 20 * minute)
  for (let asked = false; ; asked = true) {
    const { there } = yield* untilHeld(branch, about(branch, 'find-key', 'R40'), () =>
      heard(branch, heardBy, () => act(context, 'find-key', told(branch)))
    )
    if (there) return asked
    const vault = task.vault.vaultName.toLowerCase()
    yield* askOperator(branch, questionOf(branch, { kind: 'import-key', vault }, { task, again: asked }))
  }
}
