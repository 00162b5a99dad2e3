/** Functions of the app beside those of the HTTP table and the lists of orchestrations and activities. */
export const triggers = {
  pollRegistration: 'registration-timer',
  keyEvent: 'key-event',
  sweep: 'sweep-timer',
  purge: 'purge-timer',
  restoreDrill: 'restore-drill-timer',
  operatorReminders: 'operator-reminder-timer'
} as const

/** Raised to whatever of an onboarding does not ask for `cancel` just now: it hears of it when it next waits. */
export const cancelled = 'cancelled'

/** Raised by the polling to an onboarding that waits on Microsoft. */
export const registrationChanged = 'registration-changed'
