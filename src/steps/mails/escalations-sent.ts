import { eachOf } from '../../at-a-time.ts'
import type { Azure } from '../../azure/connect.ts'
import type { Escalation } from '../../domain/hand-off/requirement-report.ts'
import { planWorkloads } from '../../domain/plan/plan-workloads.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { operationIdOf } from './operation-id.ts'
import { sentBefore } from './send-once.ts'

/** What our own records say of each escalation that was due (R25), whichever generation sent it: `due` to every alias. */
export async function escalationsSent(azure: Azure, plan: Plan, due: number): Promise<Escalation[]> {
  const all = planWorkloads(plan).flatMap((workload) =>
    Array.from({ length: due }, (_, before) => ({ workload, number: before + 1 }))
  )
  return eachOf(all, async ({ workload, number }) => {
    const operationId = operationIdOf(plan, 'escalation', workload, String(number))
    const sent = await sentBefore(azure, { onboarding: plan.id, kind: 'escalation' }, operationId)
    return { workload, number, ...(sent && { takenAt: sent.sentAt }) }
  })
}
