import type { Reach, Work } from './activity.ts'

/** What became of a mail that was handed over. A mail that Azure dropped is a finding: it is never sent again unasked. */
export const lookAtMail = ({ azure }: Reach): Work<'look-at-mail'> => async ({ operationId, to }) => {
  const { value: state = 'Running' } = await azure.app.mail.sendState(operationId)
  if (state === 'Running' || state === 'NotStarted') return { state: 'Running' }
  if (state === 'Succeeded') return { state }
  const finding = {
    code: `mail-not-delivered-${to.replaceAll(/[^a-z0-9]+/g, '-')}`,
    requirement: 'R22',
    resource: to,
    observed: `the mail's operation ${operationId} ended ${state}`,
    expected: 'Succeeded',
    remedy: `Send the mail to ${to} by hand from an operator's mailbox (its text is in the plan), then override this finding.`,
    overridable: true
  } as const
  return { state, finding }
}
