import type { Reach, Step } from '../step.ts'

/** What became of a letter to people; nothing of the work depends on it. */
export const lookAtLetter =
  ({ azure }: Reach): Step<'look-at-letter'> =>
  async ({ operationId }) => ({ state: (await azure.app.mail.sendState(operationId)).value ?? 'unknown' })
