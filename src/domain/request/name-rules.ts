import { bothSlots } from '../terms/by-slot.ts'
import type { Fault } from '../terms/fault.ts'
import { longestPrefix, vaultName, vaultNameFaults } from './naming.ts'
import type { SoundPolicy, SoundRequest } from './sound-request.ts'
import { workloads } from '../terms/workloads.ts'

/** Vault names must suit Azure and differ within the request; names the plan would make are checked like given ones. */
export const requestNameRules = (request: SoundRequest): Fault[] => [
  ...prefixesThatDoNotFit(request),
  ...givenNamesThatDoNotFit(request),
  ...namesUsedTwice(request)
]

/** Made names differ only after the prefix: the longest of them shows every fault the prefix causes. */
function prefixesThatDoNotFit({ namePrefix, policies }: SoundRequest): Fault[] {
  const made = policies.flatMap((policy) => (policy.vaultNames === undefined ? named(policy) : []))
  const tightest = made.sort((a, b) => longestPrefix(a) - longestPrefix(b))[0]
  if (namePrefix === undefined || tightest === undefined) return []
  const name = vaultName({ namePrefix, ...tightest, slot: 1 })
  const faults = vaultNameFaults(name)
  if (faults.length === 0) return []
  const remedy = prefixRemedy(namePrefix, longestPrefix(tightest))
  return [{ path: '/namePrefix', message: `Vault name ${name} ${faults.join(' and ')}. ${remedy}` }]
}

const prefixRemedy = (prefix: string, longest: number): string =>
  prefix.length > longest
    ? `The longest prefix that fits has ${longest} characters, e.g. ${prefix.slice(0, longest)}: ` +
      'shorten namePrefix or the scope, or give the policy vaultNames.'
    : 'Change namePrefix.'

/** A scope that `multi-workload` must not have is a fault already: it shall not make its names too long besides. */
const named = ({ workload, scope }: SoundPolicy) =>
  workload === undefined ? [] : [{ workload, scope: workloads[workload].scope === 'none' ? undefined : scope }]

const givenNamesThatDoNotFit = ({ policies }: SoundRequest): Fault[] =>
  policies.flatMap(({ vaultNames }, policy) =>
    (vaultNames ?? []).flatMap((name, index) =>
      vaultNameFaults(name).map((fault) => ({
        path: `/policies/${policy}/vaultNames/${index}`,
        message: `Vault name ${JSON.stringify(name)} ${fault}. Give another name.`
      }))
    )
  )

/** Only given names can clash: two made names are equal for a policy named twice alone, which is a fault already. */
function namesUsedTwice(request: SoundRequest): Fault[] {
  const used = new Set(madeNames(request))
  return request.policies.flatMap(({ vaultNames }, policy) =>
    (vaultNames ?? []).flatMap((name, index) => {
      const isNew = !used.has(name.toLowerCase())
      used.add(name.toLowerCase())
      return isNew ? [] : [{ path: `/policies/${policy}/vaultNames/${index}`, message: usedTwice(name) }]
    })
  )
}

const madeNames = ({ namePrefix, policies }: SoundRequest): string[] =>
  namePrefix === undefined
    ? []
    : policies
        .filter(({ vaultNames }) => vaultNames === undefined)
        .flatMap(named)
        .flatMap((policy) => bothSlots.map((slot) => vaultName({ namePrefix, ...policy, slot }).toLowerCase()))

const usedTwice = (name: string): string =>
  `Vault name ${name} is used twice in this request. Vault names are unique in all of Azure: give another.`
