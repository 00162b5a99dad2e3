import { z } from 'zod'
import { planDigest } from '../plan/plan-digest.ts'
import { shownPlan } from '../plan/plan.ts'
import { zone } from '../terms/fields.ts'

const mail = z.object({ to: z.string(), cc: z.array(z.string()).readonly(), subject: z.string(), text: z.string() })

/** The plan that an onboarding runs by, as those who approve it read it. */
export const runningPlan = z.object({
  digest: planDigest,
  plan: shownPlan,
  zone,
  mails: z.array(mail).meta({ description: 'To Microsoft, as they will be sent' })
})
