import { orchestrators } from '../contracts/orchestrations.ts'
import type { AdoptionInput, AdoptionOutcome } from '../domain/backups/adoption.ts'
import { findingOf } from '../domain/checks/checks.ts'
import { adoptionCheck } from '../domain/checks/unreachable.ts'
import { isUnreadable, unreadableAdoptionCheck } from '../domain/checks/unreadable.ts'
import type { Finding } from '../domain/terms/evidence.ts'
import { act, input, now, StepRefused, type Context, type Story } from './durable.ts'

/** A vault handed to the app: checked, backed up, and from then on looked after like its own (R45). */
export function* vaultAdoption(context: Context): Story<AdoptionOutcome> {
  const wanted = input(context, orchestrators.vaultAdoption)
  try {
    return yield* act(context, 'adopt-vault', { ...wanted, now: now(context) })
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return { outcome: 'refused', findings: [refusedFinding(wanted, error)] }
  }
}

function refusedFinding({ vaultName, slot }: AdoptionInput, { message: refusal, kind }: StepRefused): Finding {
  const about = { resource: vaultName, suffix: '' }
  if (isUnreadable(kind))
    return findingOf(unreadableAdoptionCheck, { observed: { refusal }, expected: undefined }, about)
  return findingOf(adoptionCheck, { observed: { refusal }, expected: { slot } }, about)
}
