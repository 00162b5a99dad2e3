import { refusedCure } from './events.ts'
import { retried } from './afterwards.ts'
import { vaultIdInShell } from './look.ts'
import type { Check } from './checks.ts'

/** What Event Grid said instead of an answer: a message of the app's. Undefined: it answered. */
export interface EventsAsked {
  readonly vaultName: string
  readonly refusal: string | undefined
}

/** Event Grid's own refusals. The vault, its key and its backup are made whatever it says (R45). */
export const eventsTakenChecks: readonly Check<EventsAsked, undefined>[] = [
  {
    code: 'events-refused',
    requirement: 'R45',
    on: 'vault',
    expected: () => 'Event Grid brings the vault’s key events to this app',
    holds: ({ refusal }) => refusal === undefined,
    describe: ({ refusal }) => refusal ?? 'it does',
    overridable: true,
    means:
      'Event Grid does not let the app look at what brings the vault’s events. Vault, key and backup are made all the same; backups of ' +
      'later changes come with the next sweep, at most ten minutes later.',
    look: [
      'az provider show --namespace Microsoft.EventGrid --query registrationState',
      'az eventgrid system-topic list --query "[].{name:name, source:source, group:resourceGroup}"',
      `az policy state list --resource ${vaultIdInShell} --filter "complianceState eq 'NonCompliant'"`
    ],
    cure: ({ vaultName }) => refusedCure(vaultName),
    afterwards: `${retried} After an override events come once somebody has mended it and the vault is handed over once more (\`POST /api/vaults\`).`,
    broken: [
      { observed: { vaultName: 'VAULT', refusal: 'Event Grid refused (403 AuthorizationFailed)' }, expected: undefined }
    ]
  }
]
