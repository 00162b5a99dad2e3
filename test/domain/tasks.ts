import fc from 'fast-check'
import { taskNamed, type Task, type TaskKind } from '../../src/domain/tasks/task.ts'
import { workloadNames } from '../../src/domain/terms/workloads.ts'

/** One task of each kind, for whoever tries them all. */
const oneOf: { readonly [K in TaskKind]: Task<K> } = {
  offer: { kind: 'offer', workload: 'exchange' },
  approve: { kind: 'approve', slot: 1 },
  'send-mail': { kind: 'send-mail', workload: 'multi-workload' },
  'send-escalation': { kind: 'send-escalation', workload: 'exchange', number: 2 },
  acknowledge: { kind: 'acknowledge' },
  'microsoft-answered': { kind: 'microsoft-answered' },
  'import-key': { kind: 'import-key', vault: 'contoso-ck-ex-na-vaulta1' },
  'assign-contributor': { kind: 'assign-contributor', vault: 'contoso-ck-ex-na-vaultb1' },
  'attest-offline': { kind: 'attest-offline', slot: 2 },
  'remove-setup-role': { kind: 'remove-setup-role', slot: 1 },
  'replace-operator': { kind: 'replace-operator', slot: 2 },
  'confirm-replacement': { kind: 'confirm-replacement', slot: 1 },
  'withdraw-replacement': { kind: 'withdraw-replacement', slot: 2 },
  'confirm-plan': { kind: 'confirm-plan', slot: 1 },
  'replace-officer': { kind: 'replace-officer' },
  retry: { kind: 'retry', code: 'tenant-licence' },
  override: { kind: 'override', code: 'tenant-licence' },
  mend: { kind: 'mend', code: 'vault-contributor' },
  cancel: { kind: 'cancel' },
  halt: { kind: 'halt' },
  'go-on': { kind: 'go-on', slot: 2 },
  'take-over': { kind: 'take-over' }
}
export const eachTask: readonly Task[] = Object.values(oneOf)

const slot = fc.constantFrom(1 as const, 2 as const)
const workload = fc.constantFrom(...workloadNames)
const word = fc.stringMatching(/^[a-z0-9-]+$/)

/** Any task of each kind. */
const anyOf: { readonly [K in TaskKind]: fc.Arbitrary<Task<K>> } = {
  offer: fc.record({ kind: fc.constant('offer'), workload }),
  approve: fc.record({ kind: fc.constant('approve'), slot }),
  'send-mail': fc.record({ kind: fc.constant('send-mail'), workload }),
  'send-escalation': fc.record({
    kind: fc.constant('send-escalation'),
    workload,
    number: fc.integer({ min: 1, max: 999 })
  }),
  acknowledge: fc.record({ kind: fc.constant('acknowledge') }),
  'microsoft-answered': fc.record({ kind: fc.constant('microsoft-answered') }),
  'import-key': fc.record({ kind: fc.constant('import-key'), vault: word }),
  'assign-contributor': fc.record({ kind: fc.constant('assign-contributor'), vault: word }),
  'attest-offline': fc.record({ kind: fc.constant('attest-offline'), slot }),
  'remove-setup-role': fc.record({ kind: fc.constant('remove-setup-role'), slot }),
  'replace-operator': fc.record({ kind: fc.constant('replace-operator'), slot }),
  'confirm-replacement': fc.record({ kind: fc.constant('confirm-replacement'), slot }),
  'withdraw-replacement': fc.record({ kind: fc.constant('withdraw-replacement'), slot }),
  'confirm-plan': fc.record({ kind: fc.constant('confirm-plan'), slot }),
  'replace-officer': fc.record({ kind: fc.constant('replace-officer') }),
  retry: fc.record({ kind: fc.constant('retry'), code: word }),
  override: fc.record({ kind: fc.constant('override'), code: word }),
  mend: fc.record({ kind: fc.constant('mend'), code: word }),
  cancel: fc.record({ kind: fc.constant('cancel') }),
  halt: fc.record({ kind: fc.constant('halt') }),
  'go-on': fc.record({ kind: fc.constant('go-on'), slot }),
  'take-over': fc.record({ kind: fc.constant('take-over') })
}
export const tasks: fc.Arbitrary<Task> = fc.oneof(...Object.values(anyOf))

/** The task of a name that there is. */
export function taskOf(name: string): Task {
  const task = taskNamed(name)
  if (task) return task
  throw new Error(`There is no task ${name}.`)
}
