import { workloadNames, workloads, type Workload } from '../terms/workloads.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'

export interface VaultNameSeen {
  readonly vaultName: string
}

/** The policy that a vault is for. */
export interface VaultNameMeans {
  readonly workload: Workload
  readonly scope: string | undefined
}

const broken = (vaultName: string, expected: VaultNameMeans) => ({ observed: { vaultName }, expected })

/** People may name vaults themselves; that a name tells its policy is then theirs to see to, once and for all. */
export const vaultTellsChecks: readonly Check<VaultNameSeen, VaultNameMeans>[] = [
  {
    code: 'vault-name-tells',
    requirement: 'R31',
    on: 'vault',
    expected: (policy) => `a name with ${partsOf(policy).join(' and ')} in it`,
    holds: ({ vaultName }, policy) => tells(vaultName, policy),
    describe: ({ vaultName }) => `name ${vaultName}`,
    overridable: true,
    means:
      'The name of the vault does not tell for which policy it is: the workload’s code (EX, SP or M365) and the scope, as in ' +
      'Contoso-CK-EX-NA-VaultA1. A vault can never be renamed, and whoever takes one for another gives the wrong key away.',
    look: ['az keyvault show --name VAULT --query "{name:name, tags:tags}"'],
    cure: ({ vaultName }, policy) =>
      `Start anew with vaultNames that have ${partsOf(policy).join(' and ')} in them, or without any, so that the app names the ` +
      `vaults; or override with how people will know what ${vaultName} is for.`,
    afterwards: retried,
    broken: [
      broken('VAULT', { workload: 'exchange', scope: 'SCOPE' }),
      broken('CK-EX', { workload: 'sharepoint', scope: undefined })
    ]
  }
]

/** Whether a name has the scope of the policy and its workload; where there is a scope, no other workload is enough. */
function tells(vaultName: string, { workload, scope }: VaultNameMeans): boolean {
  const words = wordsIn(vaultName)
  const has = (each: Workload): boolean => wordsOf(each).some((word) => words.has(word))
  if (scope !== undefined && !words.has(scope.toLowerCase())) return false
  return has(workload) || (scope !== undefined && !workloadNames.some(has))
}

/** What people call a workload in names. */
const wordsOf = (workload: Workload): string[] => [
  workloads[workload].code.toLowerCase(),
  ...workload.split('-').filter((word) => word !== 'workload')
]

/** Between hyphens, and within them where a capital or a number begins. */
const wordsIn = (vaultName: string): Set<string> =>
  new Set(
    vaultName
      .split('-')
      .flatMap((part) => [part, ...part.split(/(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Za-z])/)])
      .map((word) => word.toLowerCase())
  )

const partsOf = ({ workload, scope }: VaultNameMeans): string[] => [
  workloads[workload].code,
  ...(scope === undefined ? [] : [scope])
]
