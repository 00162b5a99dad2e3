import { onboardingChain, branchChain } from '../../domain/ledger/chains.ts'
import type { OnboardingDocument } from '../../domain/views/documents.ts'
import { branchKeyOf } from '../carry.ts'
import { answerLines } from './answer-lines.ts'
import { familyOf, type Asked, type Family } from './branches.ts'
import { documentOf, statusOf } from './onboarding-document.ts'

export interface View {
  readonly family: Family
  readonly view: OnboardingDocument
}

/** An onboarding with all that its readers are shown of it; 404 where there is none of that id. */
export async function viewOf(asked: Asked, requestId: string): Promise<View> {
  const family = await familyOf(asked, requestId)
  const { onboarding, branches, sweep } = family
  const read = new Map([[onboardingChain(requestId), onboarding.entries]])
  const said = answerLines(await asked.ledger.said(chainsSpokenTo(family), { untaken: true, read }))
  return { family, view: documentOf(onboarding, branches, { sweep, said }) }
}

/** What was taken stands in statuses, of ended branches too. Of a hundred most ask nobody: their chains are left alone. */
function chainsSpokenTo({ onboarding, branches }: Family): string[] {
  const { requestId } = onboarding.input
  const spokenTo = branches.filter((each) => {
    const { tasks = [], findings = [], answers = [], earlierAnswers = 0 } = statusOf(each) ?? {}
    return tasks.length + findings.length + answers.length + earlierAnswers > 0
  })
  return [onboardingChain(requestId), ...spokenTo.map(({ input }) => branchChain(requestId, branchKeyOf(input)))]
}
