import { orchestrators } from '../contracts/orchestrations.ts'
import type { AdoptionInput, AdoptionOutcome } from '../domain/backups/adoption.ts'
import { findingOf } from '../domain/checks/checks.ts'
import { findingOfRefusal } from '../domain/checks/refused.ts'
import { adoptionCheck } from '../domain/checks/unreachable.ts'
import { isUnreadable, unreadableAdoptionCheck } from '../domain/checks/unreadable.ts'
import type { Cause } from '../domain/terms/causes.ts'
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

function refusedFinding({ vaultName, slot }: AdoptionInput, { message: refusal, kind, refused }: StepRefused): Finding {
  if (refused && !givenByAdoption.has(refused.cause))
    return findingOfRefusal(refused, { requirement: 'R45', resource: vaultName, suffixes: [vaultName] })
  const about = { resource: vaultName, suffix: '' }
  if (isUnreadable(kind))
    return findingOf(unreadableAdoptionCheck, { observed: { refusal }, expected: undefined }, about)
  return findingOf(adoptionCheck, { observed: { refusal }, expected: { slot } }, about)
}

/** Of a vault that others made, all these mean that the slot's identity has not been let in yet: its own check says how. */
const givenByAdoption: ReadonlySet<Cause> = new Set([
  'role-missing',
  'key-role-missing',
  'access-policy-missing',
  'subscription-unseen',
  'group-missing'
])
