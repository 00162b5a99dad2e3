import { workloadNames, type Workload } from '../terms/workloads.ts'

/** The task to send a mail to the alias of a workload; with a number, that escalation. Its mail lies under the same name. */
export const sendTask = (workload: Workload, escalation?: number): string =>
  escalation === undefined ? `send-mail-${workload}` : `send-escalation-${escalation}-${workload}`

export const sendTaskPattern = new RegExp(`^send-(mail|escalation-[1-9][0-9]{0,2})-(${workloadNames.join('|')})$`)

/** When what an answer tells of happened: as the person says, and never later than they said it. ISO 8601 UTC. */
export function saidMoment({ answer, at }: { readonly answer: unknown; readonly at: string }): string {
  const { at: said } = answer as { at?: string } // the route's schema demands it
  const moment = said === undefined ? at : new Date(said).toISOString()
  return moment < at ? moment : at
}
