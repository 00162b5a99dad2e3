import type { KeyEvent } from '../domain/key-event.ts'
import { act, input, now, type Context, type Story } from './durable.ts'

/** One key that an event says has changed: looked up among our vaults, and backed up if it differs (R45). */
export function* keyBackup(context: Context): Story<{ outcome: string }> {
  const event = input<KeyEvent>(context)
  return yield* act(context, 'back-up-changed-key', { ...event, now: now(context) })
}
