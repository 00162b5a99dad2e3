import { AzureCallError, isPassing } from '../../azure/errors.ts'
import { standInWarnings, type CustodiansSeen, type OperatorsSeen } from '../../domain/plan/stand-ins.ts'
import type { PlanContent } from '../../domain/plan/plan.ts'
import type { Party } from '../../domain/people/parties.ts'
import { custodiansOutside } from '../people/custodians.ts'
import type { Reach } from '../step.ts'
import type { PartyLook } from './standing.ts'
import { isGroup } from '../../domain/people/parties.ts'

/** What there is to warn of, by everybody of a plan as the directory has them. */
export async function standInsSeen(
  reach: Reach,
  { slots }: Pick<PlanContent, 'slots'>,
  found: readonly PartyLook[]
): Promise<string[]> {
  const operators = slots.map(
    (each): OperatorsSeen => ({ slot: each.slot, operators: peopleOf(found, each.operators) })
  )
  const parties = slots.flatMap(({ slot, operators: named, administrators }) => [
    ...named.flatMap((party) => partyOf(found, { slot, party, isOperator: true })),
    ...administrators.flatMap((party) => partyOf(found, { slot, party, isOperator: false }))
  ])
  return standInWarnings(operators, await custodiansSeen(reach, parties))
}

async function custodiansSeen(reach: Reach, parties: readonly Party[]): Promise<CustodiansSeen> {
  const { tenantId } = reach.config
  try {
    return { outside: (await custodiansOutside(reach, { tenantId, parties, concerned: [] })).length }
  } catch (error) {
    if (!(error instanceof AzureCallError) || isPassing(error)) throw error
    return { unread: error.told }
  }
}

const peopleOf = (found: readonly PartyLook[], parties: readonly string[]): string[] => [
  ...new Set(
    found
      .filter(({ party }) => parties.includes(party))
      .flatMap(({ standing }) => standing.flatMap(({ upn }) => upn ?? []))
  )
]

interface Named {
  readonly slot: Party['slot']
  readonly party: string
  readonly isOperator: boolean
}

function partyOf(found: readonly PartyLook[], { slot, party, isOperator }: Named): Party[] {
  const objectId = found.find((each) => each.party === party)?.objectId
  return objectId === undefined ? [] : [{ slot, objectId, isGroup: isGroup(party), isOperator }]
}
