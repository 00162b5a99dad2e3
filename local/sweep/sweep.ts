import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import type { Exchange } from '../azure/core/answer.ts'
import { distinctCalls, isOfStep, nameOfCall, type SweptCall } from './calls.ts'
import { faultKinds, type FaultKind } from './fault-kinds.ts'
import { onboard, type Ran } from './onboard.ts'
import type { Stage } from '../stage/stage.ts'

export interface SweptCase {
  readonly call: SweptCall
  readonly kind: FaultKind
}

export const nameOfCase = ({ call, kind }: SweptCase): string => `${nameOfCall(call)} × ${kind.name}`

/** Every distinct call of an onboarding without faults × every kind of fault. */
export async function allCases(stage: Stage, request: OnboardingRequest): Promise<SweptCase[]> {
  const exchanges: Exchange[] = []
  stage.azure.onAnswered((exchange) => {
    exchanges.push(exchange)
  })
  const { end, findings, last } = await onboard(stage, request, () => undefined)
  if (end !== 'completed' || findings.length > 0) {
    throw new Error(`Without any fault the onboarding ended ${end}: ${JSON.stringify(last ?? findings)}`)
  }
  return distinctCalls(exchanges).flatMap((call) => faultKinds.map((kind) => ({ call, kind })))
}

export interface Swept {
  readonly names: readonly string[]
  /** Whether each fault was met. */
  readonly met: boolean
  readonly findings: number
  /** Empty when it ended as it must. */
  readonly faults: readonly string[]
}

/**
 * One onboarding with these faults in it, usually one. It must complete: by itself when all of them pass, otherwise
 * with a person who mends what a finding names; with never a second mail, key version or vault.
 */
export async function sweepTogether(
  stage: Stage,
  cases: readonly SweptCase[],
  request: OnboardingRequest
): Promise<Swept> {
  const planted = cases.map((each) => plant(stage, each))
  const mend = (): void => {
    for (const { lasts, met, remove } of planted) if (lasts && met()) remove()
  }
  try {
    const ran = await onboard(stage, request, mend)
    const lasts = planted.some((each) => each.lasts)
    const met = planted.every((each) => each.met())
    return { names: cases.map(nameOfCase), met, findings: ran.findings.length, faults: faultsOf(ran, lasts) }
  } finally {
    stage.azure.faults.clear()
  }
}

function plant({ azure }: Stage, { call: { service, operation, step }, kind: { lasts, fault } }: SweptCase) {
  let met = false
  const isOwn = isOfStep(step)
  const fits: typeof isOwn = (asked) => {
    met ||= isOwn(asked)
    return isOwn(asked)
  }
  return { lasts, met: () => met, remove: azure.faults.add({ service, operation, fits, ...fault }) }
}

function faultsOf({ end, findings, tooMany }: Ran, mayPause: boolean): string[] {
  const codes = findings.map(({ code }) => code).join()
  return [
    ...(end === 'completed' ? [] : [`it ended ${end}`]),
    ...(!mayPause && findings.length > 0 ? [`a passing fault became a finding: ${codes}`] : []),
    ...findings.filter(({ remedy }) => remedy === '').map(({ code }) => `the finding ${code} names no remedy`),
    ...tooMany
  ]
}

/**
 * The request of the nth run: names and scopes of its own, so that runs after each other meet nothing of their predecessors. A
 * tenant has as many policies of Exchange as Microsoft allows one (R30): a stage serves so many runs.
 */
export function requestOf(base: OnboardingRequest, run: number): OnboardingRequest {
  const policies = base.policies.map((each) => ({ ...each, scope: `N${String(run % runsOfStage)}` }))
  return { ...base, id: `${base.id}-${String(run)}`, namePrefix: `S${String(run)}`, policies }
}

export const runsOfStage = 40
