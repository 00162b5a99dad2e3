/** Names that are said once, and all events. */
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

/** Raised to whatever of an onboarding does not ask for `cancel` just now: it hears of it when it next waits. */
export const cancelled = 'cancelled'

/** Raised by the polling to an onboarding that waits on Microsoft. */
export const registrationChanged = 'registration-changed'
