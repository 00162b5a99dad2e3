/** Why a new generation goes on, for readers: what follows "taken over … because". */
export const takeovers = {
  failed: 'the instance before had failed, as one does when its worker dies while it works',
  'hub-lost': 'the task hub with the instance before was lost',
  overdue: 'the instance before had not looked for an hour after it had said it would',
  'ended-open': 'the instance before had ended without a result',
  asked: 'a person asked for it',
  'asked-to-end': 'a person wants the onboarding to end, and its instance was gone'
} as const

export type TakeoverCode = keyof typeof takeovers

/** The first generation takes over from nobody. */
export const firstOfAll = 'started'

/** What stops until a person says how to go on: what was seen, and what to do. */
export const stops = {
  terminated: {
    observed: 'its instance was terminated by hand',
    remedy: 'Find out who ended it and why; then let it be taken over, or cancel the onboarding.'
  },
  purged: {
    observed: 'its instance was purged by hand: the task hub is there, the instance is not',
    remedy: 'Find out who removed it and why; then let it be taken over, or cancel the onboarding.'
  },
  'other-hub': {
    observed: 'its instance is in another task hub than the one this app works with',
    remedy:
      'Answer where the other app runs, or stop that one: two must not work with the same records. Where the other hub is gone for good, let it be taken over.'
  },
  unreadable: {
    observed: 'what the task hub says of its instance cannot be read by this version',
    remedy:
      'Look at the instance with the tools of Durable Functions; then let it be taken over, or cancel the onboarding.'
  },
  'newer-release': {
    observed: 'a newer release of this app has worked on it',
    remedy: 'Deploy that release again; where this one shall go on, let it be taken over.'
  },
  'too-often': {
    observed: 'its instance died again and again: three takeovers in an hour, or six in a day',
    remedy: 'Look at the log for what kills it and cure that; then let it be taken over, or cancel the onboarding.'
  }
} as const

export type StopCode = keyof typeof stops

/** The code of the finding that stands meanwhile; `retry` of it goes on, as `take-over` does. */
export const stopFinding = (code: StopCode): string => `stopped-${code}`

/** For readers; a code of another release is said as it is. */
export const takeoverText = (code: string): string =>
  Object.hasOwn(takeovers, code) ? takeovers[code as TakeoverCode] : code
