import { orchestrators } from '../contracts/orchestrations.ts'
import type { AdoptionInput, AdoptionOutcome } from '../domain/checks/adoption.ts'
import { act, input, now, StepRefused, type Context, type Story } from './durable.ts'

/** A vault handed to the app: checked, backed up, and from then on looked after like its own (R45). */
export function* vaultAdoption(context: Context): Story<AdoptionOutcome> {
  const wanted = input(context, orchestrators.vaultAdoption)
  try {
    return yield* act(context, 'adopt-vault', { ...wanted, now: now(context) })
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return { outcome: 'refused', findings: [forbidden(wanted, error.message)] }
  }
}

const forbidden = ({ vaultName, slot }: AdoptionInput, observed: string) =>
  ({
    code: 'vault-reachable',
    requirement: 'R45',
    resource: vaultName,
    observed,
    expected: `the identity of slot ${slot} may read the vault and get, list and back up its keys`,
    remedy:
      'Give that identity its role on the subscription and get, list, backup and getrotationpolicy in the access ' +
      'policy of the vault (under Azure RBAC its role Customer Key keeper), then send it again.',
    overridable: false
  }) as const
