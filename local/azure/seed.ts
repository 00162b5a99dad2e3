import { objectIdOf } from './seed-people.ts'
import { seedRoles } from './seed-roles.ts'
import type { Seed, SeedRequest } from './seed-shape.ts'
import { seedTenant } from './seed-tenant.ts'
import { adderRights, readerRights, writerRights, type StorageAccountSeed } from './storage/accounts.ts'
import { stableGuid } from './stable-guid.ts'
import type { Identity } from './token/identities.ts'

/** A tenant that is ready for the request: what a customer has set up before the onboarding begins. Always the same. */
export function seedFor(request: SeedRequest): Seed {
  const { organization: { tenantId }, namePrefix } = request
  const slots = request.subscriptions.toSorted((a, b) => a.slot - b.slot)
  const identityOf = (name: string, graphRoles: readonly string[]): Identity => ({
    name, graphRoles, tenantId,
    clientId: stableGuid(tenantId, `${name}/client`), objectId: stableGuid(tenantId, `${name}/object`)
  })
  const app = identityOf('ck-app', ['Organization.Read.All', 'Application.Read.All', 'User.Read.All', 'GroupMember.Read.All'])
  const identities = { app, slots: slots.map(({ slot }) => identityOf(`ck-slot${slot}`, [])) }
  const { tenant, users, groups, servicePrincipals } = seedTenant(request)
  return {
    tenant, users, groups, servicePrincipals, identities,
    subscriptions: slots.map(({ slot, id }) => ({
      id, tenantId, displayName: `${namePrefix}-CK-${slot}`,
      state: 'Enabled', quotaId: 'EnterpriseAgreement_2014-09-01', spendingLimit: 'Off'
    })),
    ...seedRoles({ tenantId, slots, identities: identities.slots }),
    storage: seedStorage(
      namePrefix, identities, slots.map(({ operators }) => operators.map((party) => objectIdOf(tenantId, party)))
    ),
    mail: {
      host: `ck-${namePrefix.toLowerCase()}.communication.azure.com`,
      sender: `DoNotReply@${stableGuid(tenantId, 'mail domain')}.azurecomm.net`
    }
  }
}

/** The app settings that fit the seed. */
export function settingsFor({ identities: { app, slots }, storage, mail }: Seed): Record<string, string> {
  const settings: Record<string, string> = {
    CKEY_APP_CLIENT_ID: app.clientId,
    CKEY_RECORDS_STORE_URL: blobEndpoint(storage.records),
    CKEY_MAIL_ENDPOINT: `https://${mail.host}`,
    CKEY_MAIL_SENDER: mail.sender,
    CKEY_BANNER: 'REHEARSAL'
  }
  for (const [index, { clientId }] of slots.entries()) settings[`CKEY_SLOT${index + 1}_CLIENT_ID`] = clientId
  for (const [index, account] of storage.slots.entries()) {
    settings[`CKEY_SLOT${index + 1}_STORE_URL`] = blobEndpoint(account)
  }
  return settings
}

/**
 * Each slot's backups and evidence in its own account, which its identity can add to and nobody can change (R45). The
 * slot's operators may read the backups: they keep the offline copies. `operators`: their object ids, slot by slot.
 */
function seedStorage(
  namePrefix: string, { app, slots }: Seed['identities'], operators: readonly (readonly string[])[]
): Seed['storage'] {
  const prefix = `ck${namePrefix.toLowerCase().replaceAll(/[^a-z0-9]/g, '').slice(0, 14)}`
  return {
    slots: slots.map(({ objectId }, index) => ({
      name: `${prefix}slot${index + 1}`,
      containers: [
        { name: 'backups', immutableDays: 365 }, { name: 'evidence', immutableDays: 365 }, { name: 'locks' }
      ],
      assignments: [
        { objectId, rights: adderRights },
        { objectId, container: 'locks', rights: writerRights },
        ...(operators[index] ?? []).map((person) => ({ objectId: person, container: 'backups', rights: readerRights }))
      ]
    })),
    records: {
      name: `${prefix}records`,
      containers: [{ name: 'records' }],
      assignments: [{ objectId: app.objectId, rights: writerRights }]
    }
  }
}

function blobEndpoint({ name }: StorageAccountSeed): string {
  return `https://${name}.blob.core.windows.net`
}
