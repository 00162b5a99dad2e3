import type { Delivered } from './delivered.ts'
import { microsoft, type About, type Expected } from './sees.ts'
import type { HandOffFile, PlanOf, Workload } from './shapes.ts'

/** One resource that the approved plan has, and whose calls must have seen it. */
export interface Resource {
  readonly about: About
  readonly id: string
  readonly suffix: string
  readonly identity: 'app' | 'slot-1' | 'slot-2'
  /** Each must be in the path of the call that saw it, or one of several where an operation says less. */
  readonly expected: Partial<Expected>
  /** Object ids that must have been asked for. */
  readonly objects?: readonly string[]
}

const isObjectId = (party: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(party)

/** All that the plan has of each kind, with those who act for it now. */
export function resourcesIn({ plan, handOff }: Pick<Delivered, 'plan' | 'handOff'>): Resource[] {
  const { domain } = plan.organization
  const parties = partiesNow(plan, handOff)
  const people = parties.filter((each) => !isObjectId(each))
  const groups = parties.filter(isObjectId)
  const ofApp = (about: About, id: string, suffix: string): Resource => ({
    ...{ about, id, suffix, identity: 'app', expected: expectedOf(plan) }
  })
  return [
    ofApp('tenant', domain, 'tenant'),
    {
      ...ofApp('slots', 'both slots', 'tenant'),
      objects: [...people.flatMap((each) => objectOf(plan, each)), ...groups]
    },
    ...people.map((each) => ({ ...ofApp('person', each, each), objects: objectOf(plan, each) })),
    ...groups.map((each) => ({ ...ofApp('group', each, each), objects: [each] })),
    ...workloadsIn(plan).flatMap((workload) => ofWorkload(plan, workload, ofApp)),
    ...plan.slots.map(
      ({ slot, subscriptionId }): Resource => ({
        ...{ about: 'subscription', id: subscriptionId, suffix: `slot-${slot}`, identity: `slot-${slot}` },
        expected: { ...expectedOf(plan), subscriptionId }
      })
    ),
    ...plan.policies.flatMap(({ vaults }) => vaults.flatMap((vault) => ofVault(plan, handOff, vault)))
  ]
}

export const workloadsIn = ({ policies }: PlanOf): Workload[] => [...new Set(policies.map(({ workload }) => workload))]

/** A mail goes to Microsoft's alias, or where those who approved the plan wanted it instead. */
export const recipientOf = (plan: PlanOf, workload: Workload): string =>
  plan.deployment.aliases[workload] ?? microsoft[workload].alias

/** Whether the mail about a workload goes elsewhere. */
export const isElsewhere = (plan: PlanOf, of: string): boolean =>
  workloadsIn(plan).some((each) => each === of && recipientOf(plan, each) !== microsoft[each].alias)

const expectedOf = ({ organization, purpose, authorization }: PlanOf): Partial<Expected> => ({
  ...organization,
  isTest: purpose === 'test',
  rbac: authorization === 'rbac'
})

function ofWorkload(
  plan: PlanOf,
  workload: Workload,
  ofApp: (about: About, id: string, suffix: string) => Resource
): Resource[] {
  const expected = { ...expectedOf(plan), workload }
  return [
    { ...ofApp('application', microsoft[workload].appId, workload), expected },
    { ...ofApp('mail', recipientOf(plan, workload), workload), expected }
  ]
}

function ofVault(
  plan: PlanOf,
  { policies, writtenAt }: HandOffFile,
  vault: PlanOf['policies'][number]['vaults'][number]
) {
  const { vaultName, keyName, slot } = vault
  const made = policies.flatMap(({ vaults }) => vaults).find((each) => each.vaultName === vaultName)
  const expected = {
    ...{ ...expectedOf(plan), ...vault, writtenAt },
    ...(made && { keyId: made.keyId, backupSha256: made.backup.sha256 })
  }
  const as = (about: About, id: string): Resource => ({
    ...{ about, id, suffix: vaultName, identity: `slot-${slot}`, expected }
  })
  return [
    as('vault', vaultName),
    as('key', `${vaultName}/${keyName}`),
    as('backup', made?.backup.url ?? `the backup of ${vaultName}`)
  ]
}

/** Who leaves makes room for who joins, in the slot that was said, in the order it was said. */
function partiesNow({ slots }: PlanOf, { replacements }: HandOffFile): string[] {
  const now = slots.flatMap(({ slot, operators, administrators }) =>
    [...operators, ...administrators].map((party) =>
      replacements
        .filter(({ task }) => task.endsWith(`-${slot}`))
        .toSorted((one, other) => (one.at < other.at ? -1 : 1))
        .reduce((acts, { leaves, joins }) => (acts === leaves ? joins : acts), party)
    )
  )
  return [...new Set(now)]
}

const objectOf = ({ people }: PlanOf, name: string): string[] =>
  people.filter(({ party }) => party === name).map(({ objectId }) => objectId)
