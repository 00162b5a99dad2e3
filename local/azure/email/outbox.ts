import type { Collection, World } from '../core/world.ts'

/** A mail that the service has accepted; in a rehearsal it goes no further than this. */
export interface SentMail {
  /** Number of the mail, from 1. */
  readonly id: string
  readonly operationId: string
  readonly from: string
  /** Addresses only, as everywhere here. */
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly replyTo: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** Simulated time, ISO 8601. */
  readonly acceptedAt: string
}

/** Every accepted mail, in the order of acceptance. The same mail sent twice is here twice. */
export function outbox(world: World): Collection<SentMail> {
  return world.collection<SentMail>('emails')
}

/** Puts a mail into the outbox and gives it its number. */
export function keep(mail: Omit<SentMail, 'id'>, world: World): SentMail {
  const numbered = { id: String(outbox(world).values().length + 1), ...mail }
  outbox(world).set(numbered.id, numbered)
  return numbered
}
