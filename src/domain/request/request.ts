import { z } from 'zod'
import { faultsOf, faultWords, type Fault } from '../terms/fault.ts'
import { choiceFields } from '../terms/choices.ts'
import * as fields from '../terms/fields.ts'
import { requestRules } from './rules.ts'
import { soundRequest } from './sound-request.ts'
import { requestTags } from './request-tags.ts'

const subscription = z.strictObject({
  slot: fields.slot,
  id: fields.guid,
  region: fields.region,
  operators: fields.parties,
  administrators: fields.parties.optional()
})

const policy = z.strictObject({
  workload: fields.workload,
  scope: fields.scope.optional(),
  regions: fields.regions.optional(),
  vaultNames: fields.vaultNames.optional(),
  adminUrl: fields.adminUrl.optional()
})

/** What one onboarding is asked to do. People, groups, domain, regions and GUIDs come out in lower case. */
export const onboardingRequest = z.strictObject({
  id: fields.requestId,
  organization: z.strictObject({
    tenantId: fields.guid,
    domain: fields.domainName,
    emergencyAccounts: fields.emergencyAccounts.exactOptional()
  }),
  namePrefix: fields.namePrefix,
  subscriptions: z
    .array(subscription)
    .min(2, { error: 'There are fewer than two subscriptions. Name exactly two, one per slot.' })
    .max(fields.longestList, { error: fields.listTooLong }),
  policies: z
    .array(policy)
    .min(1, { error: 'There is no policy. Add at least one.' })
    .max(fields.longestList, { error: fields.listTooLong }),
  ...z.object(choiceFields).partial().shape,
  keySize: choiceFields.keySize.default(2048),
  tags: requestTags.optional(),
  changeTicket: fields.changeTicket.optional(),
  addresses: fields.addresses.optional()
})

export type OnboardingRequest = z.output<typeof onboardingRequest>

export type ParsedRequest = { ok: true; request: OnboardingRequest } | { ok: false; faults: Fault[] }

/**
 * Reads a request and finds every fault at once: the rules between fields run over whatever fields are sound,
 * so that one round of corrections is enough.
 */
export function parseRequest(body: unknown): ParsedRequest {
  const parsed = onboardingRequest.safeParse(body, { error: faultWords })
  const faults = [...(parsed.success ? [] : faultsOf(parsed.error)), ...requestRules(soundRequest.parse(body))]
  return parsed.success && faults.length === 0 ? { ok: true, request: parsed.data } : { ok: false, faults }
}
