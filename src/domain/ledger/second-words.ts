import { sameText } from '../terms/same-text.ts'
import type { Amendment } from './amendment.ts'

/** Whether they were the second word to a replacement: they stood outside both slots then, and come to stand for none (R11). */
export const hasSaidSecondWord = (amendments: readonly Amendment[], objectId: string): boolean =>
  amendments.some((each) => {
    if (each.of !== 'operator' || each.second === undefined || each.second.way === 'delay') return false
    return sameText(each.second.way === 'owner' ? each.second.by : each.second.answered.person.oid, objectId)
  })
