import { sleepForGood, type Context, type Story } from './durable.ts'

/**
 * Does nothing, and lives as long as its task hub: what ends is purged some day, what lives is not. Its input tells this hub
 * from one that had its name before (src/triggers/hub.ts).
 */
export function* hubMark(context: Context): Story<object> {
  yield* sleepForGood(context)
  return {}
}
