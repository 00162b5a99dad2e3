import type { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import type { Fault } from '../../local/azure/core/faults.ts'
import { stalls, type Stall } from '../../local/azure/core/stalls.ts'
import { onboardingView, type OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import type { ReachableAzure } from '../../local/azure/start.ts'
import { operatorFor } from '../app/people.ts'
import { play, type Played } from './played.ts'
import { oneWorkload } from './requests.ts'

const DAY_MS = 24 * 3600_000
const mostRows = 200

interface Stalled {
  /** The chapter before which it begins. */
  readonly after: OnboardingView['step']
  /** Begins it, and returns what ends it. */
  readonly begin: (azure: ReachableAzure) => () => void
  /** Of the finding. */
  readonly code: string
  readonly says: RegExp
  /** What is waited for, while there is still hope. */
  readonly waits: RegExp | undefined
}

const stuck = (stall: Stall) => (azure: ReachableAzure) => {
  stalls(azure.world).set(stall, {})
  return () => stalls(azure.world).delete(stall)
}

const throttled = (fault: Pick<Fault, 'service' | 'operation' | 'retryAfterSeconds'>) => (azure: ReachableAzure) =>
  azure.faults.add({ ...fault, kind: 'status', status: 429, times: 'always' })

const register = { service: 'arm', operation: 'providers.register' } as const

const kinds: readonly [name: string, stalled: Stalled][] = [
  [
    'a provider that stays Registering',
    {
      after: 'approvals',
      begin: stuck('providers'),
      code: 'azure-stalled-provider',
      says: /Microsoft.KeyVault is Registering in slot 1.*slot 2.*since 20/,
      waits: /resource providers/
    }
  ],
  [
    'a vault that stays RegisteringDns',
    {
      after: 'approvals',
      begin: stuck('vaults'),
      code: 'azure-stalled-make-vault-fabri-ck-sp-eur-vaulta1',
      says: /the vault is RegisteringDns/,
      waits: /vault Fabri-CK-SP-EUR-VaultA1 to be ready/
    }
  ],
  [
    'a mail that Azure does not know any more',
    {
      after: 'approvals',
      begin: stuck('mails'),
      code: 'mail-unconfirmed-spock-microsoft-com',
      says: /Azure does not know the mail's operation/,
      waits: /mails to Microsoft/
    }
  ],
  [
    'a wish to be left alone for ninety days',
    {
      after: 'approvals',
      begin: throttled({ ...register, retryAfterSeconds: 90 * 24 * 3600 }),
      code: 'unreachable-provider',
      says: /asked to slow down .* left alone until 20\d\d-/,
      waits: undefined
    }
  ],
  [
    'a throttling that never ends',
    {
      after: 'approvals',
      begin: throttled({ ...register, retryAfterSeconds: 600 }),
      code: 'unreachable-provider',
      says: /left alone until/,
      waits: /Azure to take prepare-slot again/
    }
  ]
]

/** Rows of all histories of the onboarding and its branches. */
function rowsOf(state: string | DatabaseSync): number {
  if (typeof state === 'string') throw new Error('The stage is in this process.')
  const counted = state.prepare(`SELECT COUNT(*) AS rows FROM history WHERE instance LIKE '%fabrikam%'`).get()
  return Number(counted?.['rows'])
}

/** Whoever comes back thirty days after the first finding, ends the stall and says `retry` to all there is. */
function comesBack(
  played: Played,
  { after, begin }: Stalled
): { waits: OnboardingView['waits']; findings: OnboardingView['findings'] } {
  const { azure, api } = played.stage
  const seen: ReturnType<typeof comesBack> = { waits: [], findings: [] }
  let back: number | undefined
  let end: (() => void) | undefined
  azure.clock.addSource({
    async observe() {
      const { data: view } = onboardingView.safeParse((await api.get(`onboardings/${played.plan.id}`)).body)
      if (view === undefined) return
      seen.waits.push(...view.waits)
      if (view.step === after) end ??= begin(azure)
      if (back === undefined && view.findings.length > 0) {
        seen.findings.push(...view.findings)
        back = azure.clock.now() + 30 * DAY_MS
      }
    },
    next: () => back,
    async run(now) {
      if (back === undefined || now < back) return
      back = undefined
      end?.()
      const view = onboardingView.parse((await api.get(`onboardings/${played.plan.id}`)).body)
      for (const { name } of view.tasks.filter((task) => task.name.startsWith('retry-')))
        await played.answer(name, operatorFor(name), {})
    }
  })
  return seen
}

async function rowsWithout(): Promise<number> {
  const played = await play(oneWorkload())
  await played.start()
  await played.until((view) => view.status === 'completed')
  const rows = rowsOf(await played.stage.stopped())
  await played.end() // its host would go on, in the Azure of the next stage
  return rows
}

let usual: Promise<number> | undefined

test.each(kinds)(
  '%s is said while it lasts, is a finding after an hour, and goes on thirty days later',
  {
    timeout: 180_000
  },
  async (_, stalled) => {
    const { code, says, waits } = stalled
    const without = await (usual ??= rowsWithout())
    const played = await play(oneWorkload())
    const { azure } = played.stage
    const seen = comesBack(played, stalled)
    await played.start()
    const { steps } = await played.until((view) => view.status !== 'running')
    expect(seen.findings.find((finding) => finding.code === code)).toMatchObject({
      observed: expect.stringMatching(says) as unknown
    })
    if (waits) expect(seen.waits.map(({ what }) => what)).toContainEqual(expect.stringMatching(waits))
    expect(steps.at(-1)?.title).toBe('Mail')
    const alias = outbox(azure.world)
      .values()
      .filter(({ to }) => to.some((each) => each.endsWith('@microsoft.com')))
    expect(alias).toHaveLength(1)
    expect(rowsOf(await played.stage.stopped()) - without).toBeLessThanOrEqual(mostRows)
  }
)
