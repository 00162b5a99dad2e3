import type { StepName } from './progress.ts'

/** The parts of every onboarding, in their order: what a reader counts. */
export const chapters = [
  {
    step: 'preflight',
    title: 'Preflight',
    about: 'tenant, subscriptions, licence and names are looked at; nothing is changed'
  },
  { step: 'offers', title: 'Offers', about: 'people submit one FastTrack request per workload' },
  { step: 'approvals', title: 'Approvals', about: 'two people approve the plan, each their own slot' },
  {
    step: 'registration',
    title: 'Registration',
    about: 'mandatory retention is registered and Microsoft is written to'
  },
  { step: 'waiting-on-microsoft', title: 'Microsoft', about: 'Microsoft approves both subscriptions' },
  {
    step: 'vaults-and-keys',
    title: 'Vaults and keys',
    about: 'vaults, permissions, keys and backups are made in both slots'
  },
  { step: 'attestations', title: 'Offline copies', about: 'people store offline copies of the key backups' },
  { step: 'verification', title: 'Verification', about: 'every vault, key and backup is read again' },
  { step: 'hand-off', title: 'Hand-off', about: 'key identifiers, commands and evidence are handed over' }
] as const satisfies readonly { readonly step: StepName; readonly title: string; readonly about: string }[]

export type Chapter = (typeof chapters)[number]

/** Where a step stands among the chapters, from 0; as many as there are when all are over. */
export function chapterIndex(step: string): number {
  const index = chapters.findIndex((each) => each.step === step)
  return index < 0 ? chapters.length : index
}
