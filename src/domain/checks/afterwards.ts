/** What follows a cure, said once. */
export const retried =
  '`ckey retry ID`, or “Retry” on the onboarding’s page: the check is made again, and the onboarding goes on where it stopped.'

export const lookedAtAgain =
  'Nothing to answer: the next sweep, or the next drill, looks again. `GET /api/backups` shows what it saw.'

export const handedOverAgain = 'Send `POST /api/vaults` again.'

/** For what is fixed once a vault or a key is made. */
export const startedAnew =
  'This cannot be changed on what exists, and nothing here deletes it: cancel the onboarding, and start another with another ' +
  'vault name (`vaultNames` of the policy) or the right value.'
