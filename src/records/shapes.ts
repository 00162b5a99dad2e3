import { z } from 'zod'
import { slot } from '../domain/terms/fields.ts'
import type { VaultHome } from '../domain/plan/plan.ts'

/** Shapes of the domain that more than one document holds. The compiler holds them to the domain's own types. */

export const vaultHome = z.object({
  slot,
  subscriptionId: z.string(),
  region: z.string(),
  resourceGroup: z.string(),
  vaultName: z.string()
}) satisfies z.ZodType<VaultHome>
