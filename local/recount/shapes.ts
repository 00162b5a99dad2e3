import { z } from 'zod'

// What lies in the stores, as far as it is read here. Written anew and not taken from the app: what checks it must not be it.

const slot = z.union([z.literal(1), z.literal(2)])
const identity = z.enum(['app', 'slot-1', 'slot-2'])
const call = z.looseObject({
  operation: z.string(),
  requestId: z.string(),
  identity,
  path: z.string().optional(),
  at: z.string().optional()
})

/** One record of evidence. */
export const record = z.looseObject({
  check: z.string(),
  resource: z.string(),
  observed: z.string(),
  held: z.boolean(),
  unread: z.string().optional(),
  at: z.string(),
  call,
  besides: z.array(call).optional()
})

const word = z.looseObject({ task: z.string(), by: z.string(), at: z.string() })

/** A row of the hand-off, as it says that a requirement stands. */
const row = z.looseObject({
  id: z.string(),
  status: z.string(),
  evidence: z.array(z.string()),
  count: z.object({ of: z.int(), seen: z.int() }),
  between: z.tuple([z.string(), z.string()]).optional(),
  words: z.array(word.extend({ in: z.string() })),
  despite: z.array(z.string()).optional(),
  unread: z.array(z.string()).optional()
})

export const handOff = z.looseObject({
  onboarding: z.string(),
  purpose: z.string(),
  organization: z.object({ tenantId: z.string(), domain: z.string() }),
  writtenAt: z.string(),
  verifiedSince: z.string(),
  planDigest: z.string(),
  policies: z.array(
    z.looseObject({
      id: z.string(),
      vaults: z.array(
        z.looseObject({
          vaultName: z.string(),
          slot,
          keyId: z.string(),
          backup: z.looseObject({ url: z.string(), sha256: z.string(), at: z.string().optional() })
        })
      )
    })
  ),
  officers: z.array(
    word
      .omit({ task: true, by: true })
      .extend({ workload: z.string(), requestId: z.string(), submittedBy: z.string(), officers: z.array(z.unknown()) })
      .extend({ signedInAs: z.string().optional(), chosenOffer: z.string().optional() })
  ),
  offlineCopies: z.array(word),
  registration: z.looseObject({ breachedAt: z.string().optional() }),
  replacements: z.array(word.extend({ leaves: z.string(), joins: z.string() })),
  overrides: z.array(
    z.looseObject({
      code: z.string(),
      observed: z.string().optional(),
      requirement: z.string(),
      by: z.string(),
      at: z.string()
    })
  ),
  requirements: z.array(row),
  evidence: z.array(z.looseObject({ store: identity, name: z.string(), sha256: z.string() })),
  otherBatches: z.array(z.looseObject({ store: identity, name: z.string() }))
})

/** The plan that people approved. */
export const planFile = z.looseObject({
  plan: z.looseObject({
    digest: z.string(),
    organization: z.object({ tenantId: z.string(), domain: z.string() }),
    slots: z.array(
      z.looseObject({
        slot,
        subscriptionId: z.string(),
        resourceGroup: z.string(),
        operators: z.array(z.string()),
        administrators: z.array(z.string())
      })
    ),
    people: z.array(z.looseObject({ party: z.string(), objectId: z.string() })),
    policies: z.array(
      z.looseObject({
        id: z.string(),
        workload: z.enum(['exchange', 'sharepoint', 'multi-workload']),
        vaults: z.array(
          z.looseObject({
            slot,
            subscriptionId: z.string(),
            region: z.string(),
            resourceGroup: z.string(),
            vaultName: z.string(),
            keyName: z.string()
          })
        )
      })
    ),
    purpose: z.string(),
    authorization: z.string(),
    mail: z.string(),
    deployment: z.looseObject({ immutability: z.string(), aliases: z.record(z.string(), z.string()) })
  })
})

/** What an entry of the ledger says, as far as it is about answers. */
export const entry = z.looseObject({
  said: z.looseObject({
    kind: z.string(),
    id: z.string(),
    task: z.string().optional(),
    answer: z.string().optional(),
    verdict: z.string().optional(),
    intent: z.string().optional(),
    outcome: z.string().optional(),
    plan: z.looseObject({ sha256: z.string() }).optional(),
    by: z.looseObject({ oid: z.string() }).optional(),
    said: z.looseObject({ name: z.string() }).optional()
  })
})

export const saidFile = z.looseObject({
  content: z.looseObject({ by: z.string(), answer: z.record(z.string(), z.unknown()) })
})

export const shownFile = z.looseObject({ by: z.string(), person: z.looseObject({ oid: z.string() }), at: z.string() })

export type EvidenceRecord = z.output<typeof record>
export type Call = z.output<typeof call>
export type HandOffFile = z.output<typeof handOff>
export type RowFile = z.output<typeof row>
export type PlanOf = z.output<typeof planFile>['plan']

export type Workload = PlanOf['policies'][number]['workload']
