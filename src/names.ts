/** Every registered function, every event and the rule for every instance id. */
export const orchestrators = {
  onboarding: 'onboarding',
  planPreflight: 'plan-preflight',
  vaultSetUp: 'vault-set-up',
  registrationPolling: 'registration-polling',
  keyBackup: 'key-backup',
  sweep: 'sweep',
  purge: 'purge',
  vaultAdoption: 'vault-adoption',
  offlineCopy: 'offline-copy',
  restoreDrill: 'restore-drill',
  operatorReminders: 'operator-reminders'
} as const

export const triggers = {
  postPlans: 'post-plans',
  postOnboardings: 'post-onboardings',
  getOnboardings: 'get-onboardings',
  getOnboarding: 'get-onboarding',
  postTask: 'post-task',
  getHandOff: 'get-hand-off',
  getEvidence: 'get-evidence',
  getAnswers: 'get-answers',
  getMail: 'get-mail',
  getHealth: 'get-health',
  postDiagnoses: 'post-diagnoses',
  getOpenApi: 'get-openapi',
  postVaults: 'post-vaults',
  getBackups: 'get-backups',
  postOfflineCopies: 'post-offline-copies',
  pollRegistration: 'registration-timer',
  keyEvent: 'key-event',
  sweep: 'sweep-timer',
  purge: 'purge-timer',
  restoreDrill: 'restore-drill-timer',
  operatorReminders: 'operator-reminder-timer'
} as const

/** The operators' page. */
export const pages = {
  list: 'page-list',
  newRequest: 'page-new-request',
  plan: 'page-plan',
  start: 'page-start',
  onboarding: 'page-onboarding',
  runningPlan: 'page-running-plan',
  evidence: 'page-evidence',
  answerTask: 'page-answer-task',
  asset: 'page-asset'
} as const

const separator = '.'

/** Instance ids stay under 100 characters of `[a-z0-9.-]`: request ids have at most 40, vault names at most 24. */
export const instanceIds = {
  onboarding: (requestId: string): string => `onboarding${separator}${requestId}`,
  /** What the ids of all vault set-ups start with. */
  vaultSetUps: `vault${separator}`,
  vaultSetUp: (requestId: string, vaultName: string): string =>
    ['vault', requestId, vaultName.toLowerCase()].join(separator),
  /** One poll at a time, however often the timer ticks. */
  registrationPolling: 'registration-polling',
  planPreflight: (nonce: string): string => `plan-preflight${separator}${nonce}`,
  keyBackup: (hash: string): string => `key-backup${separator}${hash}`,
  /** One sweep and one purge at a time: each start replaces the last one that ended. */
  sweep: 'sweep',
  purge: 'purge',
  restoreDrill: 'restore-drill',
  operatorReminders: 'operator-reminders',
  vaultAdoption: (vaultName: string): string => `vault-adoption${separator}${vaultName.toLowerCase()}`,
  offlineCopy: (nonce: string): string => `offline-copy${separator}${nonce}`,
  /** What the ids of short runs start with, which are forgotten when they have ended. */
  shortRuns: [
    `key-backup${separator}`,
    `plan-preflight${separator}`,
    `vault-adoption${separator}`,
    `offline-copy${separator}`
  ]
} as const

/**
 * Event names match `[a-z0-9.:-]+`. Each wait has its own serial: an answer that comes late, or twice, then reaches
 * nobody instead of answering the next question.
 */
export const eventName = (task: string, serial: number): string => `${task}${separator}${serial}`

/** The task an event answers. */
export const taskOf = (event: string): string => event.slice(0, event.lastIndexOf(separator))

/** Raised to whatever of an onboarding does not ask for `cancel` just now: it hears of it when it next waits. */
export const cancelled = 'cancelled'

/** Raised by the polling to an onboarding that waits on Microsoft. */
export const registrationChanged = 'registration-changed'
