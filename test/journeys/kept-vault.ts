import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { retentions } from '../../local/azure/arm/features/retention.ts'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { settingsFor } from '../../local/azure/seed.ts'
import { connectAzure, type SlotAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { permissions } from '../../src/domain/terms/permissions.ts'
import type { VaultPlan } from '../../src/domain/plan/plan.ts'
import type { SweepReport } from '../../src/domain/backups/sweep.ts'
import { workloads } from '../../src/domain/terms/workloads.ts'
import { fabrikam, subscriptionIds } from '../app/requests.ts'
import { alice, bob, type Reply, type RunningApp } from '../app/running-app.ts'

/** A vault that people made, with keys, ready to be handed to the app. */
export interface KeptVault {
  readonly own: SlotAzure
  readonly plan: VaultPlan
  readonly vaultId: string
  /** Hands it to the app, as one of SharePoint's without named administrators. */
  readonly adopt: (change?: object) => Promise<Reply>
  /** One person's word of it. */
  readonly handOver: (actor: string, change?: object) => Promise<Reply>
  readonly makeKey: (keyName: string) => Promise<void>
  /** Backups in the store, by key. */
  readonly backups: () => Promise<Readonly<Record<string, readonly string[]>>>
}

const {
  organization: { tenantId }
} = fabrikam()

/** Makes the vault in slot 1 with the clients of production, as the person who has the rights would. */
export async function keptVault(app: RunningApp, vaultName: string, keyNames: readonly string[]): Promise<KeptVault> {
  const { azure } = app.stage
  const config = readConfig({ ...settingsFor(azure.seed), CKEY_CALL_TIMEOUT_SECONDS: '10' })
  const all = connectAzure(config)
  const own = all.slot(1)
  const plan: VaultPlan = {
    slot: 1,
    subscriptionId: subscriptionIds[0],
    region: 'westeurope',
    resourceGroup: 'rg-kept',
    vaultName,
    keyName: keyNames[0] ?? ''
  }
  retentions(azure.world).set(plan.subscriptionId, {
    subscriptionId: plan.subscriptionId,
    approvedAt: azure.clock.now()
  })
  await own.providers.register(plan.subscriptionId, 'Microsoft.KeyVault')
  await own.resourceGroups.ensure(plan, 'kept')
  await azure.clock.advance(60_000) // Resource Manager shows nothing at once
  await own.vaults.create(plan, { tenantId, onboardingId: 'kept', policyId: 'none' })
  await azure.clock.advance(60_000)
  const service = await all.app.graph.servicePrincipal(workloads.sharepoint.appId)
  await own.vaults.grant(plan, {
    tenantId,
    objectId: service.value?.objectId ?? '',
    keys: [...permissions.servicePrincipal]
  })
  const self = await all.app.graph.servicePrincipal(config.identities['slot-1'])
  await own.vaults.grant(plan, { tenantId, objectId: self.value?.objectId ?? '', keys: [...permissions.slotIdentity] })
  await azure.clock.advance(60_000)
  for (const keyName of keyNames) await made(azure, own, { ...plan, keyName })
  const vaultId = vaults(azure.world).get(vaultName.toLowerCase())?.id ?? ''
  const people = [
    { slot: 1, operators: [alice] },
    { slot: 2, operators: [bob, 'carol@fabrikam.com'] }
  ]
  const body = { slot: 1, tenantId, vaultId, workload: 'sharepoint', people }
  /** Again in a minute, as it says while Event Grid is being registered. */
  const handOver: KeptVault['handOver'] = async (actor, change) => {
    for (let tries = 3; ; tries--) {
      const reply = await app.ask('/api/vaults', { method: 'POST', actor, body: { ...body, ...change } })
      if (reply.status !== 503 || tries === 0) return reply
      await azure.clock.advance(60_000)
    }
  }
  /** Handed over by its slot, then confirmed by the other. */
  const adopt = async (change: object = {}): Promise<Reply> => {
    const said = await handOver(alice, change)
    const { outcome, proposal } = Object(said.body) as { outcome?: string; proposal?: string }
    return outcome === 'proposed' ? handOver(bob, { ...change, confirms: proposal }) : said
  }
  return {
    own,
    plan,
    vaultId,
    handOver,
    adopt,
    makeKey: (keyName) => made(azure, own, { ...plan, keyName }),
    backups: async () => {
      const { value } = await own.store.list('backups', `${vaultName}/`)
      const names = value.filter((name) => name.endsWith('.keybackup'))
      return Object.groupBy(names, (name) => name.split('/')[1] ?? '') as Record<string, string[]>
    }
  }
}

/** Key Vault makes no more than ten HSM keys in ten seconds of one vault. */
async function made({ clock }: RunningApp['stage']['azure'], own: SlotAzure, place: VaultPlan): Promise<void> {
  await clock.advance(2000)
  await own.keys.create(place, 2048)
}

/** Changes a key as a person would: nothing tells Event Grid. `keyName` as it was created. */
export function tagKey({ stage }: RunningApp, { vaultName }: VaultPlan, keyName: string, tag: string): void {
  const keys = keysOf(stage.azure.world)
  const id = `${vaultName}/${keyName}`.toLowerCase()
  const key = keys.get(id)
  if (!key) throw new Error(`There is no key ${id} to tag.`)
  const updated = Math.floor(stage.azure.clock.now() / 1000)
  keys.set(id, { ...key, versions: key.versions.map((version) => ({ ...version, updated, tags: { tag } })) })
}

/** An event of Key Vault in the Event Grid schema. */
export const keyChanged = ({ vaultId, plan }: KeptVault, keyName: string, at: string, change: object = {}): object => ({
  id: `${keyName} ${at}`,
  topic: vaultId,
  subject: keyName,
  eventType: 'Microsoft.KeyVault.KeyNewVersionCreated',
  eventTime: at,
  data: {
    Id: `https://${plan.vaultName.toLowerCase()}.vault.azure.net/keys/${keyName}/${'a'.repeat(32)}`,
    VaultName: plan.vaultName,
    ObjectType: 'Key',
    ObjectName: keyName,
    Version: 'a'.repeat(32),
    NBF: null,
    EXP: null
  },
  dataVersion: '1',
  metadataVersion: '1',
  ...change
})

/** Brings events to the app as Event Grid does, in one batch, again while nobody listens; the app must take them all. */
export async function bring({ stage }: RunningApp, events: readonly unknown[]): Promise<void> {
  const { search } = new URL(settingsFor(stage.azure.seed)['CKEY_EVENT_ENDPOINT'] ?? '')
  for (let tries = 20; ; tries--) {
    try {
      const response = await fetch(`${await stage.host.ready}/runtime/webhooks/EventGrid${search}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
        body: JSON.stringify(events)
      })
      await response.arrayBuffer()
      return expect(response.status).toBe(202)
    } catch (error) {
      if (!(error instanceof TypeError) || tries === 1) throw error // what fetch throws for a broken connection
      await sleep(250)
    }
  }
}

interface Run {
  readonly id: string
  readonly status: string
  readonly output: unknown
}

/** The runs whose ids start so, as the host's store has them. */
export function runsOf({ stage }: RunningApp, prefix: string): Run[] {
  const rows = stage.state.prepare('SELECT id, status, output FROM instances WHERE id LIKE ?').all(`${prefix}%`)
  return rows.map(({ id, status, output }) => ({ id: String(id), status: String(status), output: parsed(output) }))
}

const parsed = (output: unknown): unknown => (typeof output === 'string' ? JSON.parse(output) : output)

/** Waits until no run whose id starts so is under way. The skipping clock passes over their timers by itself. */
export async function untilEnded(app: RunningApp, prefix: string): Promise<Run[]> {
  for (const started = performance.now(); ; ) {
    const runs = runsOf(app, prefix)
    if (runs.every(({ status }) => status === 'Completed' || status === 'Failed')) return runs
    if (performance.now() > started + 40_000) throw new Error(`These do not end: ${JSON.stringify(runs)}`)
    await sleep(50)
  }
}

/** Lets ten minutes pass and waits for the sweep that comes with them; ten more where it began on the way. */
export async function sweepOnce(app: RunningApp): Promise<SweepReport> {
  const { clock } = app.stage.azure
  await clock.advance(600_000)
  const since = clock.nowIso()
  for (const started = performance.now(); ; ) {
    for (let look = 0; look < 60; look++) {
      const [sweep] = runsOf(app, 'sweep')
      const report = sweep?.status === 'Completed' ? (sweep.output as SweepReport) : undefined
      if (report && report.at >= since) return report
      await sleep(50)
    }
    if (performance.now() > started + 40_000)
      throw new Error(`No sweep since ${since}: ${JSON.stringify(runsOf(app, 'sweep'))}`)
    await clock.advance(600_000)
  }
}
