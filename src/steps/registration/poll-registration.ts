import type { Reach, Step } from '../step.ts'

/** The state of the registration now, for whoever sleeps on a change of it. */
export const pollRegistration =
  ({ azure }: Reach): Step<'poll-registration'> =>
  async ({ slot, subscriptionId }) => {
    const { value: state } = await azure.slot(slot).features.state(subscriptionId)
    return { state }
  }
