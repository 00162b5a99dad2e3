import type { PlanContent } from '../../domain/plan/plan.ts'
import { guidOf } from '../../records/digests.ts'

/**
 * What a mail is known by to who sends it: the onboarding and the purpose, so that a second try is the first one's, whatever a
 * later release says otherwise or whoever acts then.
 */
export const operationIdOf = (
  { id, organization }: Pick<PlanContent, 'id' | 'organization'>,
  ...purpose: string[]
): string => guidOf(organization.tenantId, id, ...purpose)
