/** Functions of the app beside those of the HTTP table and the lists of orchestrations and activities. */
export const triggers = {
  pollRegistration: 'registration-timer',
  keyEvent: 'key-event',
  mailEvent: 'mail-event',
  sweep: 'sweep-timer',
  purge: 'purge-timer',
  restoreDrill: 'restore-drill-timer',
  operatorReminders: 'operator-reminder-timer',
  watch: 'watch-timer'
} as const

/** Raised to an orchestration that has something to look at: in the ledger, or in Azure. A hint, never a fact. */
export const look = 'look'
