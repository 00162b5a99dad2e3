import { expect } from 'vitest'
import { custodianOf } from '../../local/azure/seed-people.ts'
import { fabrikam } from './requests.ts'
import { type Reply, type RunningApp } from './running-app.ts'

export const custodian = custodianOf(fabrikam().organization.domain)

export interface Change {
  readonly slot: 1 | 2
  readonly leaves: string
  readonly joins: string
  /** Who proposes it. */
  readonly by: string
}

export const reason = 'Left the company in November'

/** How tests change people: proposed, confirmed from outside both slots, and read by who takes over. */
export function replacing(app: RunningApp, id: string) {
  const propose = ({ slot, leaves, joins, by }: Change): Promise<Reply> =>
    app.answer(id, `replace-operator-${String(slot)}`, by, { leaves, joins, reason })
  const isOpen = (name: string, asks = '') =>
    app.until(id, ({ tasks }) => tasks.some((task) => task.name === name && task.asks.includes(asks)))
  const confirm = ({ slot, leaves, joins }: Change, by = custodian): Promise<Reply> =>
    app.answer(id, `confirm-replacement-${String(slot)}`, by, { leaves, joins })
  const read = async ({ slot, joins }: Pick<Change, 'slot' | 'joins'>): Promise<Reply> => {
    await app.ask(`/api/onboardings/${id}/plan`, { actor: joins })
    const { planDigest } = await app.view(id)
    return app.answer(id, `confirm-plan-${String(slot)}`, joins, { planDigest })
  }
  /** As far as the newcomer, who has not read the plan. */
  const stand = async (change: Change): Promise<void> => {
    expect(await propose(change)).toMatchObject({ status: 202 })
    await isOpen(`confirm-replacement-${String(change.slot)}`, change.joins)
    expect(await confirm(change)).toMatchObject({ status: 202 })
    await isOpen(`confirm-plan-${String(change.slot)}`)
  }
  /** To its end. */
  const replace = async (change: Change): Promise<void> => {
    await stand(change)
    expect(await read(change)).toMatchObject({ status: 202 })
    await app.until(id, ({ changes }) => !changes.some(({ joins }) => joins === change.joins))
  }
  return { propose, confirm, read, stand, replace, isOpen }
}
