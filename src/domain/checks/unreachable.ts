import type { Slot } from '../terms/evidence.ts'
import { handedOverAgain, lookedAtAgain, retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { vaultIdInShell } from './look.ts'

/** What Azure said instead of an answer: a message of the app's, never what was sent. Undefined: it answered. */
export interface AnswerObserved {
  readonly refusal: string | undefined
}

/** What is the same of everything that was asked and not answered. */
export const answered = {
  holds: ({ refusal }: AnswerObserved) => refusal === undefined,
  describe: ({ refusal }: AnswerObserved) => refusal ?? 'Azure answered',
  overridable: false
} as const
const refused = { refusal: 'Azure Resource Manager refused (403 AuthorizationFailed)' }

/** A step of an onboarding that Azure would not take at all. Its finding has the requirement that the step is for. */
export const stepCheck: Check<AnswerObserved, undefined> = {
  ...answered,
  code: 'unreachable',
  requirement: 'R7',
  on: 'step',
  expected: () => 'Azure answers',
  means:
    'Azure would not take a step at all, finally: a right is missing, a quota is used up, a name is refused. The code goes on with ' +
    'the step, e.g. `unreachable-make-vault-…`; the finding shows what Azure said.',
  look: [
    'az monitor activity-log list --subscription SUB --status Failed --offset 1d --query ' +
      '"[].{when:eventTimestamp, what:operationName.value, why:properties.statusMessage}"',
    'az role assignment list --assignee SLOT_IDENTITY --all --output table'
  ],
  cure: () => 'Read what Azure said above, mend it if it is yours to mend (rights, network, quota), then retry.',
  afterwards: `Rights of the app’s identities are those of \`infra/\`. ${retried}`,
  broken: [{ observed: refused, expected: undefined }]
}

/** A key, its backup or a vault that a sweep could not look at. */
export const sweptCheck: Check<AnswerObserved, undefined> = {
  ...answered,
  code: 'backup-unreachable',
  requirement: 'R45',
  on: 'key',
  expected: () => 'key and store can be read',
  means: 'A sweep could not look at a key or its backup: Key Vault or the store did not answer, or refused.',
  look: [
    'az keyvault key show --vault-name VAULT --name KEY',
    'az storage blob list --auth-mode login --account-name STORE --container-name backups --prefix VAULT/KEY/'
  ],
  cure: () => 'Where this stays from sweep to sweep: read what Azure said, mend rights, network or quota.',
  afterwards:
    'The slot’s identity needs its entry in the vault and its role on the store, as `infra/` gives them. After an outage the next ' +
    `sweep looks by itself. ${lookedAtAgain}`,
  broken: [{ observed: refused, expected: undefined }]
}

/** A vault that is handed over and that the app may not look at. */
export const adoptionCheck: Check<AnswerObserved, { readonly slot: Slot }> = {
  ...answered,
  code: 'vault-reachable',
  requirement: 'R45',
  on: 'vault',
  expected: ({ slot }) => `the identity of slot ${slot} may read the vault and get, list and back up its keys`,
  means:
    'The app could not look at the vault that is handed over: it is not there, or the slot’s identity has no right on it.',
  look: [
    'az keyvault show --name VAULT',
    `az role assignment list --scope ${vaultIdInShell} --include-inherited --output table`
  ],
  cure: () =>
    'Check name, subscription and slot. Give that identity its role on the subscription and get, list, backup and ' +
    'getrotationpolicy in the access policy of the vault (under Azure RBAC its role Customer Key keeper), then send it again.',
  afterwards: handedOverAgain,
  broken: [{ observed: refused, expected: { slot: 1 } }]
}
