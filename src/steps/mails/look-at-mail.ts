import { isUnderWay } from '../../domain/checks/mail-delivery.ts'
import { undelivered } from './undelivered.ts'
import { warnOf, type Reach, type Step } from '../step.ts'

/** What became of a mail that was handed over. A mail that Azure dropped is a finding: it is never sent again unasked. */
export const lookAtMail =
  ({ azure }: Reach): Step<'look-at-mail'> =>
  async (input, log) => {
    const { value: state = 'Running' } = await azure.app.mail.sendState(input.operationId)
    if (isUnderWay(state)) return { state: 'Running' }
    const finding = undelivered({ ...input, state })
    if (finding === undefined) return { state }
    warnOf(log, [finding])
    return { state, finding }
  }
