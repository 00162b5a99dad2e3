import { findingOf } from '../../domain/checks/checks.ts'
import { deliveryChecks, sendAgain, type DeliveryExpected } from '../../domain/checks/mail-delivery.ts'
import type { Finding } from '../../domain/terms/evidence.ts'

interface Delivery extends DeliveryExpected {
  readonly to: string
  readonly state: string
}

/** What is wrong with a mail that Azure took, which the app may send once more on an operator's word. */
export const undelivered = ({ to, state, ...expected }: Delivery): Finding | undefined =>
  deliveryChecks
    .filter((check) => !check.holds({ state }, expected))
    .map((check) => findingOf(check, { observed: { state }, expected }, { resource: to, suffix: to }))
    .map((finding) => ({ ...finding, mend: sendAgain(to) }))[0]
