import type { OnboardingDocument } from '../domain/views/documents.ts'
import { chapterIndex, chapters, type Chapter } from '../domain/state/chapters.ts'

export type RowState = 'planned' | 'working' | 'waiting' | 'finding' | 'done'

export interface Bar {
  /** ISO 8601 UTC. */
  readonly from: string
  readonly to: string
  readonly state: RowState
}

export interface Row {
  readonly label: string
  /** Below the label. */
  readonly vaultName?: string
  readonly state: RowState
  readonly bars: readonly Bar[]
}

export interface Lane {
  /** Undefined for the rows of the whole onboarding. */
  readonly title: string | undefined
  readonly rows: readonly Row[]
}

/** A row per chapter, then a lane per slot with a row per policy, then what follows. */
export function lanesOf(view: OnboardingDocument): Lane[] {
  const made = chapterIndex('vaults-and-keys')
  const rows = chapters.map((chapter) => chapterRow(view, chapter))
  const slots = view.slots.map(({ slot, subscriptionId }) => ({
    title: `Slot ${String(slot)} · ${subscriptionId}`,
    rows: view.policies.flatMap((policy) =>
      policy.vaults.filter((vault) => vault.slot === slot).map((vault) => vaultRow(view, policy.id, vault))
    )
  }))
  return [
    { title: undefined, rows: rows.slice(0, made) },
    ...slots,
    { title: 'Both slots', rows: rows.slice(made + 1) }
  ]
}

function chapterRow(view: OnboardingDocument, { step, title }: Chapter): Row {
  const state = chapterState(view, step)
  const span = spanOf(view, step)
  return { label: title, state, bars: state === 'planned' || !span ? [] : [{ ...span, state }] }
}

function chapterState(view: OnboardingDocument, step: Chapter['step']): RowState {
  const [at, now] = [chapterIndex(step), chapterIndex(view.step)]
  if (at < now) return 'done'
  if (at > now) return 'planned'
  if (view.status === 'completed') return 'done'
  if (view.status !== 'running' || view.findings.length > 0) return 'finding'
  return view.waitingOn === 'azure' ? 'working' : 'waiting'
}

/** From the end of what came before to its own end, or to the last change while it runs. */
function spanOf(view: OnboardingDocument, step: Chapter['step']): { from: string; to: string } | undefined {
  const own = view.steps.filter((each) => each.step === step)
  const before = view.steps.filter((each) => chapterIndex(each.step) < chapterIndex(step)).at(-1)
  if (own.length === 0 && step !== view.step) return undefined
  const from = before?.at ?? view.startedAt
  return { from, to: step === view.step ? view.lastChangedAt : (own.at(-1)?.at ?? from) }
}

type Vault = OnboardingDocument['policies'][number]['vaults'][number]

function vaultRow(view: OnboardingDocument, policy: string, { state, since, until, vaultName }: Vault): Row {
  const span = spanOf(view, 'vaults-and-keys')
  const from = since ?? span?.from
  const to = until ?? (state === 'done' ? span?.to : view.lastChangedAt)
  const bars = state === 'planned' || from === undefined || to === undefined ? [] : [{ from, to, state }]
  return { label: policy, vaultName, state, bars }
}
