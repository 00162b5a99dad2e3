import type { Steps } from '../../contracts/steps.ts'
import { carriedCheck } from '../../domain/checks/carried.ts'
import { findingOf } from '../../domain/checks/checks.ts'
import type { Entry } from '../../domain/ledger/entry.ts'
import { isClosed } from '../../domain/ledger/judgements.ts'
import { decide } from '../../domain/ledger/takeover.ts'
import type { StopCode } from '../../domain/ledger/takeover-texts.ts'
import { beginning } from '../../domain/state/state.ts'
import { statusOf, type OnboardingStatus } from '../../domain/state/status.ts'
import { askedOf } from '../../domain/tasks/task-kinds.ts'
import { release } from '../../domain/terms/release.ts'
import type { Orchestrations } from '../durable-client.ts'
import { markedHub } from '../hub.ts'
import { seenAs, type InstanceOf } from '../instance.ts'

/** A chain, and its newest instance as it was found. */
export interface Looked {
  /** What a reader knows it by: the onboarding, or a vault. */
  readonly resource: string
  readonly entries: readonly Entry[]
  readonly parent?: readonly Entry[]
  readonly seen: Pick<InstanceOf<'vaultSetUp' | 'onboarding'>, 'state' | 'updatedAt' | 'customStatus'> | undefined
}

interface Asked extends Pick<Steps, 'present'> {
  readonly orchestrations: Orchestrations
}

interface Stop {
  readonly resource: string
  readonly code: StopCode
  readonly since: string
}

/** What stands still until a person says how to go on: the watch takes everything else over by itself. */
export async function stopsOf({ present, orchestrations }: Asked, all: readonly Looked[]): Promise<Stop[]> {
  const still = all.filter(({ seen, entries }) => seen?.state !== 'live' && !isClosed(entries))
  const [hub, now] = still.length === 0 ? [] : [await markedHub(orchestrations), await present.now()]
  if (hub === undefined || now === undefined) return []
  return still.flatMap(({ resource, entries, parent, seen }) => {
    const sighting = seen ? seenAs(seen) : ({ state: 'absent' } as const)
    const decision = decide({ entries, ...(parent && { parent }), seen: sighting, seenSince: now, hub, release, now })
    const since = sighting.updatedAt ?? entries.at(-1)?.moment ?? now
    return decision.do === 'stopped' ? [{ resource, code: decision.why, since }] : []
  })
}

/** Its status with a finding for each reason to stand still, and the task that goes on from all of them. */
export function withStops<Known extends { readonly customStatus: OnboardingStatus | null }>(
  known: Known,
  stops: readonly Stop[]
): Known {
  const [first] = stops
  if (first === undefined) return known
  const status = known.customStatus ?? statusOf(beginning())
  const codes = [...new Set(stops.map(({ code }) => code))]
  const findings = codes.map((code) => {
    const those = stops.filter((each) => each.code === code)
    const resource = those.map((each) => each.resource).join(', ')
    const finding = findingOf(
      carriedCheck,
      { observed: { stop: code }, expected: undefined },
      { resource, suffix: code }
    )
    return { ...finding, since: those[0]?.since ?? first.since, ways: { retry: 0 } }
  })
  const task = { kind: 'take-over' } as const
  const takeOver = { task, serial: 0, since: first.since, asks: askedOf(task, {}) }
  return {
    ...known,
    customStatus: {
      ...status,
      waitingOn: 'people',
      tasks: [...status.tasks.filter(({ task }) => task.kind !== 'take-over'), takeOver],
      findings: [...findings, ...status.findings]
    }
  }
}
