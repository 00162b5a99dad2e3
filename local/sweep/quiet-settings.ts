/** Short patience, and nothing on the clock but the onboarding itself. */
export const quietSettings = {
  CKEY_CALL_TIMEOUT_SECONDS: '1',
  CKEY_RETRY_DELAY_MS: '1',
  CKEY_SWEEP_SCHEDULE: '0 0 0 1 1 *',
  CKEY_PURGE_SCHEDULE: '0 0 0 1 1 *',
  CKEY_MAIL_SCHEDULE: '0 0 0 1 1 *'
}

/** Microsoft's people as the sweep has them. */
export const quickApproval = { approveAfterBusinessDays: 1 } as const
