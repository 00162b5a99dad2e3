import { permissionsUnder } from '../terms/permissions.ts'
import { testMark } from '../terms/choices.ts'
import type { PlanContent } from './plan.ts'
import { replacedAlias } from './deployment.ts'
import { planWorkloads } from './plan-workloads.ts'
import { workloads } from '../terms/workloads.ts'
import { geographyNamed, isByGeography } from '../terms/microsoft-365-geographies.ts'
import { arePaired, areaOf } from '../terms/regions.ts'
import { notices, type Notice } from '../requirements/requirement-table.ts'
import { listOf } from '../terms/words.ts'

/** A plan before its sentences. */
export type WordlessPlan = Omit<PlanContent, 'irreversible' | 'notices'>

/** What must be before the eyes of whoever approves this plan, beside its irreversible choices. */
export const noticesOf = (plan: WordlessPlan): Notice[] => [
  ...notices,
  ...mailedElsewhere(plan),
  ...testOnly(plan),
  guarded(plan),
  ...imported(plan),
  ...peopleMail(plan),
  ...pairedRegions(plan),
  ...unknownRegions(plan),
  ...unknownGeographies(plan),
  ...drilled(plan),
  ...mutable(plan)
]

/** Whoever approves the plan stands for it: no check can say that Microsoft was told (R22). */
const mailedElsewhere = (plan: WordlessPlan): Notice[] =>
  planWorkloads(plan).flatMap((workload) => {
    const to = replacedAlias(plan, workload)
    if (to === undefined) return []
    const { title, alias } = workloads[workload]
    return {
      id: 'R22',
      title:
        `Mails of ${workload} (${title}) go to ${to} instead of Microsoft’s alias ${alias}: a setting CKEY_ALIAS_… of the deployment ` +
        'says so. Whoever approves stands for it that Microsoft hears of this onboarding; no check proves it'
    }
  })

const drilled = ({ policies, deployment }: WordlessPlan): Notice[] =>
  !deployment.drills
    ? []
    : [
        {
          id: 'R45',
          title:
            `Restore drills are on: each version of each of the ${String(2 * policies.length)} keys is restored once into a vault of its own, ` +
            'where a usable copy stays until a person deletes that vault, and costs what a Premium vault with an HSM key costs'
        }
      ]

const mutable = ({ deployment }: WordlessPlan): Notice[] =>
  deployment.immutability === 'required'
    ? []
    : [
        {
          id: 'R45',
          title:
            'Backups are NOT immutable: CKEY_IMMUTABILITY says that their stores cannot hold it. Whoever may write there may change them'
        }
      ]

const testOnly = ({ purpose, sku }: WordlessPlan): Notice[] =>
  purpose === 'production'
    ? []
    : [
        {
          id: 'R28',
          title: `${testMark}: vaults are ${sku === 'premium' ? 'Premium' : 'Standard and keys software keys'}, and the checks let Standard vaults and software keys pass`
        }
      ]

/** Who will be able to do what with the keys: people approve it with the plan. */
function guarded({ authorization }: WordlessPlan): Notice {
  const { administrator, servicePrincipal, slotIdentity } = permissionsUnder(authorization)
  const sets = `administrators ${listOf(administrator)}; Microsoft’s service ${listOf(servicePrincipal)}; this app ${listOf(slotIdentity)}`
  return { id: 'R33', title: `${guardOf[authorization]}, and allow to keys: ${sets}. Nobody may delete or purge` }
}

const guardOf = {
  'access-policies': 'Access policies guard each vault',
  rbac: 'Roles of Azure RBAC guard each vault, given there and nowhere above it'
} as const

const imported = ({ keys, policies }: WordlessPlan): Notice[] =>
  keys === 'created'
    ? []
    : [
        {
          id: 'R40',
          title: `Your people make all ${String(2 * policies.length)} keys and import each when the app asks for it. It makes none`
        }
      ]

const peopleMail = ({ mail }: WordlessPlan): Notice[] =>
  mail !== 'person'
    ? []
    : [
        {
          id: 'R22',
          title:
            'People send the mails to Microsoft from their own mailboxes: the app writes them, and the days count from when people say they sent them'
        }
      ]

/** Microsoft's page on best practices prefers two regions that are not paired with each other. */
function pairedRegions({ policies }: WordlessPlan): Notice[] {
  const paired = policies.filter(({ vaults: [first, second] }) => arePaired(first.region, second.region))
  const places = [...new Set(paired.map(({ vaults: [first, second] }) => `${first.region} and ${second.region}`))]
  return places.map((place) => ({
    id: 'R31',
    title: `${place} are paired: Azure recovers them one after the other. Two regions that are not paired are safer, where there are any`
  }))
}

function unknownRegions({ policies }: WordlessPlan): Notice[] {
  const regions = policies.flatMap(({ vaults }) => vaults.map(({ region }) => region))
  const unknown = [...new Set(regions)].filter((region) => areaOf(region) === undefined)
  return unknown.length === 0
    ? []
    : [
        {
          id: 'R31',
          title: `Whether ${listOf(unknown)} lies in the geography of the workload is yours to say: the app does not know the region`
        }
      ]
}

/** Microsoft adds geographies: one that this app does not know may be there, and may be a slip of the pen. */
function unknownGeographies({ policies }: WordlessPlan): Notice[] {
  const unknown = policies.flatMap(({ workload, scope }) =>
    scope !== undefined && isByGeography(workload) && geographyNamed(scope, workload) === undefined ? [scope] : []
  )
  return unknown.length === 0
    ? []
    : [
        {
          id: 'R31',
          title: `Whether ${listOf(unknown)} is a geography of Microsoft 365, and whether the vaults lie where its data does, is yours to say: the app does not know that code`
        }
      ]
}
