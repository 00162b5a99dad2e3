import type { Azure } from '../../azure/connect.ts'
import type { Readers } from '../../contracts/readers.ts'
import { wasShown, writeShown } from '../../records/shown-plan.ts'

/** Who was shown which plan, in the records of the app. */
export const createReaders = ({ app: { store } }: Azure): Readers => ({
  show: (showing) => writeShown(store, showing),
  wasShown: (reading) => wasShown(store, reading)
})
