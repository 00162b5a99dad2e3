import { z } from 'zod'
import { workload } from '../terms/fields.ts'
import { immutability } from '../terms/immutability.ts'
import { sameText } from '../terms/same-text.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

const day = z.string().meta({ description: 'yyyy-mm-dd' })

const sla = z.object({
  businessDays: z.number().meta({ description: 'How many Microsoft gives itself (R25)' }),
  zone: z.string().meta({ description: 'IANA zone in which business days are counted' }),
  extraHolidays: z.array(day).readonly(),
  removedHolidays: z.array(day).readonly()
})

/** What the deployment fixes of an onboarding: people approve it with the plan, and it holds until the end. */
export const deployment = z.object({
  sla,
  retentionDays: z.number().meta({ description: 'How long nobody can change or delete backups and evidence' }),
  immutability,
  drills: z.boolean().meta({ description: 'Whether each key is restored from its backup for proof' }),
  aliases: z
    .partialRecord(workload, z.string())
    .readonly()
    .meta({ description: 'Receivers that replace aliases of Microsoft' })
})

export type Deployment = z.output<typeof deployment>

/** A deployment whose settings are all left as they are. */
export const usualDeployment: Deployment = {
  sla: { businessDays: 5, zone: 'America/Los_Angeles', extraHolidays: [], removedHolidays: [] },
  retentionDays: 3650,
  immutability: 'required',
  drills: false,
  aliases: {}
}

/** Who is written to about a workload: Microsoft's alias, or whom the deployment sets in its place (R22). */
export const aliasOf = ({ deployment: { aliases } }: { readonly deployment: Deployment }, of: Workload): string =>
  aliases[of] ?? workloads[of].alias

/** Whom the deployment sets in the place of Microsoft's alias; undefined where the mail goes to the alias itself. */
export function replacedAlias(plan: { readonly deployment: Deployment }, of: Workload): string | undefined {
  const to = aliasOf(plan, of)
  return sameText(to, workloads[of].alias) ? undefined : to
}
