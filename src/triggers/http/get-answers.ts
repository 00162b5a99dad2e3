import { branchChainsOf, onboardingChain } from '../../domain/ledger/chains.ts'
import type { AnswerSheet } from '../../domain/views/documents.ts'
import { answerLines } from './answer-lines.ts'
import { onboardingOf } from './branches.ts'
import type { Deployment } from './deployment.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'
import { hadBranches } from './where-asked.ts'

/**
 * `GET /api/onboardings/{id}/answers`: everything that people ever said to an onboarding and what became of it, from the chains
 * of all its parts, which nobody can rewrite.
 */
export const getAnswers =
  ({ steps }: Deployment): Handler<'getAnswers'> =>
  async ({ params, orchestrations }) => {
    const onboarding = await onboardingOf({ ...steps, orchestrations }, params.id)
    const { requestId } = onboarding.input
    const branches = hadBranches({ onboarding }) ? branchChainsOf(onboarding.input.plan) : []
    const said = await steps.ledger.said([onboardingChain(requestId), ...branches])
    return json(200, { items: answerLines(said) } satisfies AnswerSheet)
  }
