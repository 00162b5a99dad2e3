import { changeOfPeople } from '../../records/ledger/erasable.ts'
import type { Reach, Step } from '../step.ts'
import { addAs, authorOf } from './own-chain.ts'

/** Somebody acts in another's place from here on, for the onboarding and all its branches. */
export const amend =
  ({ azure }: Reach): Step<'amend'> =>
  async (input) => {
    const { onboarding, amendment, who } = input
    const { store } = azure.app
    const author = authorOf(input)
    const id = `amendment.${amendment.id}`
    const change = await changeOfPeople.keep(store, { onboarding, id }, { amendment })
    const { generation } = author
    await addAs(store, author, {
      kind: 'amendment',
      id,
      answer: amendment.id,
      change,
      ...(who && { who }),
      generation
    })
    return null
  }
