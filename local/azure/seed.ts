import { deadLetterIdentity, slotResources } from './seed-events.ts'
import { objectIdOf } from './seed-people.ts'
import { seedRoles } from './seed-roles.ts'
import type { Seed, SeedRequest } from './seed-shape.ts'
import { seedTenant, signInClientId } from './seed-tenant.ts'
import { adderRights, readerRights, writerRights, type StorageAccountSeed } from './storage/accounts.ts'
import { stableGuid } from './stable-guid.ts'
import type { Identity } from './token/identities.ts'

/** What infra/consent grants. */
const graphRoles = [
  'Organization.Read.All',
  'Application.Read.All',
  'User.Read.All',
  'GroupMember.Read.All',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup'
]

/** A tenant that is ready for the request: what a customer has set up before the onboarding begins. Always the same. */
export function seedFor(request: SeedRequest): Seed {
  const {
    organization: { tenantId },
    namePrefix
  } = request
  const slots = request.subscriptions.toSorted((a, b) => a.slot - b.slot)
  const identityOf = (name: string, held: readonly string[]): Identity => ({
    name,
    graphRoles: held,
    tenantId,
    clientId: stableGuid(tenantId, `${name}/client`),
    objectId: stableGuid(tenantId, `${name}/object`)
  })
  const app = identityOf('ck-app', graphRoles)
  const identities = { app, slots: slots.map(({ slot }) => identityOf(`ck-slot${slot}`, [])) }
  const { tenant, users, groups, servicePrincipals, appRoleAssignments } = seedTenant(request)
  const deadLetterIdentities = slots.map((slot) => deadLetterIdentity(request, slot))
  const storage = seedStorage(namePrefix, {
    identities,
    deadLetterIdentities,
    operators: slots.map(({ operators }) => operators.map((party) => objectIdOf(tenantId, party)))
  })
  return {
    tenant,
    users,
    groups,
    servicePrincipals,
    appRoleAssignments,
    identities,
    subscriptions: slots.map(({ slot, id }) => ({
      id,
      tenantId,
      displayName: `${namePrefix}-CK-${slot}`,
      state: 'Enabled',
      quotaId: 'EnterpriseAgreement_2014-09-01',
      spendingLimit: 'Off'
    })),
    ...seedRoles({ tenantId, namePrefix, slots, identities: identities.slots, authorization: request.authorization }),
    storage,
    deadLetterIdentities,
    otherResources: slots.flatMap((slot, index) =>
      slotResources(request, slot, {
        store: storage.slots[index]?.name ?? '',
        identity: deadLetterIdentities[index]?.id ?? ''
      })
    ),
    webhook: {
      publicHost: `func-${namePrefix.toLowerCase()}-ck.azurewebsites.net`,
      systemKey: stableGuid(tenantId, 'system key')
    },
    mail: {
      host: `ck-${namePrefix.toLowerCase()}.communication.azure.com`,
      sender: `DoNotReply@${stableGuid(tenantId, 'mail domain')}.azurecomm.net`
    }
  }
}

/** A rehearsal's backups are kept from change for a year. */
const retentionDays = 365

/** The app settings that fit the seed. */
export function settingsFor(seed: Seed): Record<string, string> {
  const {
    tenant: { tenantId },
    identities: { app, slots },
    storage,
    mail,
    webhook,
    deadLetterIdentities
  } = seed
  const settings: Record<string, string> = {
    CKEY_TENANT_ID: tenantId,
    CKEY_APP_CLIENT_ID: app.clientId,
    CKEY_SIGN_IN_CLIENT_ID: signInClientId(app.tenantId),
    CKEY_RECORDS_STORE_URL: blobEndpoint(storage.records),
    CKEY_MAIL_ENDPOINT: `https://${mail.host}`,
    CKEY_MAIL_SENDER: mail.sender,
    CKEY_EVENT_ENDPOINT: `https://${webhook.publicHost}/runtime/webhooks/EventGrid?functionName=key-event&code=${webhook.systemKey}`,
    CKEY_APP_URL: 'http://127.0.0.1:7071', // where npm start shows what --keep has kept
    CKEY_BANNER: 'REHEARSAL',
    CKEY_RETENTION_DAYS: String(retentionDays)
  }
  for (const [index, { id }] of deadLetterIdentities.entries())
    settings[`CKEY_SLOT${index + 1}_DEAD_LETTER_IDENTITY`] = id
  for (const [index, { clientId }] of slots.entries()) settings[`CKEY_SLOT${index + 1}_CLIENT_ID`] = clientId
  for (const [index, account] of storage.slots.entries()) {
    settings[`CKEY_SLOT${index + 1}_STORE_URL`] = blobEndpoint(account)
  }
  return settings
}

/**
 * Each slot's backups and evidence in its own account, which its identity can add to and nobody can change (R45). The
 * slot's operators may read the backups: they keep the offline copies. The app can only add to its ledger, which nothing
 * locks here: a rehearsal can be thrown away.
 */
function seedStorage(
  namePrefix: string,
  {
    identities: { app, slots },
    operators,
    deadLetterIdentities
  }: {
    readonly identities: Seed['identities']
    readonly deadLetterIdentities: Seed['deadLetterIdentities']
    /** Object ids, slot by slot. */
    readonly operators: readonly (readonly string[])[]
  }
): Seed['storage'] {
  const prefix = `ck${namePrefix
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 14)}`
  return {
    slots: slots.map(({ objectId }, index) => ({
      name: `${prefix}slot${index + 1}`,
      containers: [
        { name: 'backups', immutableDays: retentionDays },
        { name: 'evidence', immutableDays: retentionDays },
        { name: 'locks' },
        { name: 'dead-letters' }
      ],
      assignments: [
        { objectId, rights: adderRights },
        { objectId, container: 'locks', rights: writerRights },
        { objectId: deadLetterIdentities[index]?.objectId ?? '', container: 'dead-letters', rights: writerRights },
        ...(operators[index] ?? []).flatMap((person) => [
          { objectId: person, container: 'backups', rights: readerRights },
          { objectId: person, container: 'dead-letters', rights: [...writerRights, 'blobs/delete'] } as const
        ])
      ]
    })),
    records: {
      name: `${prefix}records`,
      containers: [{ name: 'records' }, { name: 'ledger' }, { name: 'locks' }],
      assignments: [
        { objectId: app.objectId, container: 'records', rights: writerRights },
        { objectId: app.objectId, container: 'locks', rights: writerRights },
        { objectId: app.objectId, container: 'ledger', rights: adderRights }
      ]
    }
  }
}

function blobEndpoint({ name }: StorageAccountSeed): string {
  return `https://${name}.blob.core.windows.net`
}
