/**
 * The parts of every onboarding in their order: what a reader counts, and the one way from each to the next. A chapter may
 * begin again (it asks once more), and the last one completes the onboarding; a cancellation ends any of them.
 */
export const chapters = [
  {
    step: 'preflight',
    title: 'Preflight',
    about: 'tenant, subscriptions, licence and names are looked at; nothing is changed',
    then: 'offers'
  },
  { step: 'offers', title: 'Offers', about: 'people submit one FastTrack request per workload', then: 'approvals' },
  {
    step: 'approvals',
    title: 'Approvals',
    about: 'two people approve the plan, each their own slot',
    then: 'registration'
  },
  {
    step: 'registration',
    title: 'Registration',
    about: 'mandatory retention is registered and Microsoft is written to',
    then: 'waiting-on-microsoft'
  },
  {
    step: 'waiting-on-microsoft',
    title: 'Microsoft',
    about: 'Microsoft approves both subscriptions',
    then: 'vaults-and-keys'
  },
  {
    step: 'vaults-and-keys',
    title: 'Vaults and keys',
    about: 'vaults, permissions, keys and backups are made in both slots',
    then: 'attestations'
  },
  {
    step: 'attestations',
    title: 'Offline copies',
    about: 'people store offline copies of the key backups',
    then: 'verification'
  },
  {
    step: 'verification',
    title: 'Verification',
    about: 'tenant, people, subscriptions, every vault, key and backup are read again',
    then: 'hand-off'
  },
  {
    step: 'hand-off',
    title: 'Hand-off',
    about: 'key identifiers, commands and evidence are handed over',
    then: 'done'
  }
] as const

export type Chapter = (typeof chapters)[number]

/** Where an onboarding stands: in a chapter, or behind all of them. */
export type StepName = Chapter['step'] | 'done'

/** Where a step stands among the chapters, from 0; as many as there are when all are over. */
export function chapterIndex(step: string): number {
  const index = chapters.findIndex((each) => each.step === step)
  return index < 0 ? chapters.length : index
}

/** The chapter that begins when this one has ended. */
export const chapterAfter = (step: StepName): StepName => chapters.find((each) => each.step === step)?.then ?? 'done'

/** Whether a story in chapter `from` may go to `to`: on to the next one, or through its own once more. */
export const mayFollow = (from: StepName, to: StepName): boolean =>
  chapters.some(({ step, then }) => step === from && (to === step || to === then))
