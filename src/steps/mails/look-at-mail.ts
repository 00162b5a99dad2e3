import { isUnderWay } from '../../domain/checks/mail-delivery.ts'
import { undelivered } from './undelivered.ts'
import { warnOf, type Reach, type Step } from '../step.ts'

/** What became of a mail that was handed over. A mail that Azure dropped is a finding: it is never sent again unasked. */
export const lookAtMail =
  ({ azure }: Reach): Step<'look-at-mail'> =>
  async (input, log) => {
    const { operationId } = input
    const { value: state } = await azure.app.mail.sendState(operationId)
    if (state === undefined) return { notYet: `Azure does not know the mail's operation ${operationId}` }
    if (isUnderWay(state)) return { notYet: `the mail's operation ${operationId} is ${state}` }
    const finding = undelivered({ ...input, state })
    if (finding === undefined) return {}
    warnOf(log, [finding])
    return { finding }
  }
