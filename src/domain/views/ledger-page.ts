import { z } from 'zod'
import { identity } from '../terms/evidence.ts'
import { moment, sha256 } from '../terms/fields.ts'

/** The ledger of an onboarding as it lies in the store, page by page. */
export const ledgerPage = z.object({
  chains: z.array(
    z.object({
      chain: z.string(),
      entries: z.array(
        z.object({
          n: z.int(),
          moment: moment.meta({ description: 'When the store took it' }),
          text: z.string().meta({ description: 'As it lies there: its SHA-256 is named by the entry after it' })
        })
      )
    })
  ),
  heads: z
    .array(
      z.object({
        store: identity,
        chain: z.string(),
        step: z.string(),
        n: z.int(),
        sha256,
        moment,
        handOff: sha256.optional().meta({ description: 'Of the hand-off, at the end of the chapter that wrote it' })
      })
    )
    .meta({ description: 'What the slots have kept of it in their own stores, on the first page' }),
  result: z.string().optional().meta({ description: 'What the end of the onboarding points to, on the first page' }),
  continuation: z.string().optional()
})

export type LedgerPage = z.infer<typeof ledgerPage>
