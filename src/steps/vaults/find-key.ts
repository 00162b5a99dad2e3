import type { Reach, Step } from '../step.ts'

/** Whether the key that a person imports is there. What it is like is checked by make-key. */
export const findKey =
  ({ azure }: Reach): Step<'find-key'> =>
  async ({ vault }) => {
    const { value } = await azure.slot(vault.slot).keys.read(vault)
    return { there: value !== undefined, findings: [] }
  }
