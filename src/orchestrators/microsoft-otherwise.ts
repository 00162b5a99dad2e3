import { planWorkloads } from '../domain/plan/plan-workloads.ts'
import { ofSlot } from '../domain/terms/by-slot.ts'
import { mailsOf, turnAfter } from '../domain/tasks/microsoft-answered.ts'
import type { AnswerOf } from '../domain/tasks/task-kinds.ts'
import { answeredAfter } from './not-then.ts'
import { questionOf } from './people.ts'
import type { Question } from './question.ts'
import type { Run } from './run.ts'

type Otherwise = AnswerOf<'microsoft-answered'>

/** Asks what else Microsoft answered, and says what to do about the last of it: where that is for people, they are waited for. */
export function otherAnswer(run: Run, last: Otherwise | undefined, firstMailAt: string): Question {
  const { plan, requestId } = run
  const { optional: _, ...question } = questionOf(
    run,
    { kind: 'microsoft-answered' },
    {
      onboarding: requestId,
      tenantId: plan.organization.tenantId,
      subscriptionIds: [ofSlot(plan.slots, 1).subscriptionId, ofSlot(plan.slots, 2).subscriptionId],
      workloads: mailsOf(last ?? {}, planWorkloads(plan)),
      ...(last && { last })
    }
  )
  const isWaitedFor = turnAfter(last?.outcome) === 'people'
  return {
    ...question,
    ...(!isWaitedFor && { optional: true }),
    refuse: answeredAfter('microsoft-answered', firstMailAt)
  }
}
