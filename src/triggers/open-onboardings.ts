import { newestOnboarding, type Asked } from './http/branches.ts'
import type { Onboarding } from './http/known.ts'

/** Those that have begun and not ended, by the claims of their tenants: nothing reads a whole hub for them. */
export async function openOnboardings(asked: Asked): Promise<Onboarding[]> {
  const all: Onboarding[] = []
  for (const id of await asked.ledger.claimed()) {
    const found = await newestOnboarding(asked, id)
    if (found) all.push(found)
  }
  return all.filter(({ stands }) => stands === 'running')
}
