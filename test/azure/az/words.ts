import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedFor } from '../../../local/azure/seed.ts'
import { userId } from '../../../local/azure/seed-people.ts'
import { requestFor, subscriptionIds, tenantId } from '../simulation.ts'

const seed = seedFor(requestFor({}))
const [slot1] = seed.identities.slots
export const group = { id: '00000000-0000-4000-8000-00000000a001', name: 'Key people' } as const
export const somebody = userId(tenantId, 'mallory@contoso.com')
const vault = 'Contoso-CK-EX-NA-VaultA1'
const resourceGroup = 'rg-contoso-ck-slot1'

/** What stands for the words in capitals of what we print; other words in capitals are meant as they are. */
export const words: Readonly<Record<string, string>> = {
  VAULT: vault,
  DRILL_VAULT: vault,
  KEY: 'Contoso-CK-EX-NA-KeyA1',
  VAULT_ID: `/subscriptions/${subscriptionIds[1]}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${vault}`,
  SUB: subscriptionIds[1],
  SLOT1: subscriptionIds[1],
  APP_SUBSCRIPTION: subscriptionIds[1],
  TENANT: tenantId,
  GROUP: resourceGroup,
  REGION: 'westus2',
  GROUP_ID: group.id,
  GROUP_OF_SLOT_1: group.id,
  GROUP_OF_SLOT_2: group.id,
  UPN: 'alice@contoso.com',
  OBJECT_ID: somebody,
  PRESENT_ID: somebody,
  PLANNED_ID: somebody,
  WHO: somebody,
  ID: somebody,
  ADMINISTRATOR: userId(tenantId, 'alice@contoso.com'),
  IDENTITY: slot1?.objectId ?? '',
  SLOT_IDENTITY: slot1?.objectId ?? '',
  SLOT1_PRINCIPAL_ID: slot1?.objectId ?? '',
  DEAD_LETTER_IDENTITY: seed.deadLetterIdentities[0]?.id ?? '',
  SERVICE: seed.servicePrincipals[0]?.id ?? '',
  APP_ID: seed.servicePrincipals[0]?.appId ?? '',
  APP_OBJECT_ID: seed.identities.app.objectId,
  NAMESPACE: 'Microsoft.EventGrid',
  STORE: seed.storage.slots[0]?.name ?? '',
  RECORDS: seed.storage.records.name,
  ROLE: 'Reader',
  SCOPE: `/subscriptions/${subscriptionIds[1]}`,
  PREFIX: 'contoso',
  FILE: join(tmpdir(), `customer-key-${String(process.pid)}.pem`),
  ASSIGNMENT_ID: `/subscriptions/${subscriptionIds[1]}/providers/Microsoft.Authorization/roleAssignments/${somebody}`
}

/** Examples of cures, and of the operator guide, that say a name where others have a word. */
const instead: readonly (readonly [RegExp, string])[] = [
  [/\((?:prefix|PREFIX|fabri) slot [1N]\)/g, '(contoso slot 1)'],
  [/e5980654-2a40-5756-8644-f58f69b9227c/g, 'IDENTITY'],
  [/5f0c7f1a-6a43-4d0e-9a7e-0d3b2f6c1a01/g, 'SUB'],
  [
    /--policy-assignment ASSIGNMENT_ID/g,
    '--policy-assignment /subscriptions/SUB/providers/Microsoft.Authorization/policyAssignments/NAME'
  ],
  [/"location":"region"/g, '"location":"REGION"'],
  [/(userAssignedIdentit(?:ies":\{|y":))"IDENTITY"/g, '$1"DEAD_LETTER_IDENTITY"'],
  [/https:\/\/vault\.vault\.azure\.net\/keys\/KEY\/[0-9a-f]{32}/g, 'https://VAULT.vault.azure.net/keys/KEY']
]

/** Variables of a shell that a page sets above, or goes through in a loop. */
const variables: Readonly<Record<string, string>> = {
  SUBSCRIPTION: subscriptionIds[1],
  PRINCIPAL: words['SLOT_IDENTITY'] ?? '',
  ACCOUNT: words['STORE'] ?? '',
  SLOT: '1',
  SERVICE: 'mail',
  record: 'SPF',
  topic: `${vault}-events`,
  role: words['ASSIGNMENT_ID'] ?? ''
}

export const filled = (command: string): string =>
  instead
    .reduce((text, [from, to]) => text.replaceAll(from, to), command)
    .replaceAll(/\$(\w+)/g, (variable, name: string) => variables[name] ?? words[name] ?? variable)
    .replaceAll(/(?<![A-Za-z0-9])[A-Z][A-Z0-9_]+(?![A-Za-z0-9])/g, (word) => words[word] ?? word)

/** What stands there before anything that we print is run: made with az, too. */
export const before = [
  `az group create --name ${resourceGroup} --location westus2`,
  `az keyvault create --name ${vault} --resource-group ${resourceGroup} --location westus2 --sku premium ` +
    '--enable-purge-protection true --retention-days 90',
  'az provider register --namespace Microsoft.EventGrid --wait',
  `az keyvault key create --vault-name ${vault} --name ${words['KEY'] ?? ''} --protection hsm --size 2048 --ops wrapKey unwrapKey`
]
