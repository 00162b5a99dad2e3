// Three identities of the app, none of which reaches both keys (docs/decisions/0010-three-identities.md), and that by which the
// platform reads what is deployed (docs/decisions/0095-the-package-has-its-own-account.md).

import { partTag } from '../names.bicep'

param location string
param namePrefix string
param tags object

var parts = ['app', 'slot-1', 'slot-2', 'deployment']

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = [for part in parts: {
  name: 'id-${toLower(namePrefix)}-ck-${part}'
  location: location
  tags: union(tags, partTag(part))
}]

output app object = { clientId: identities[0].properties.clientId, principalId: identities[0].properties.principalId }
output slot1 object = { clientId: identities[1].properties.clientId, principalId: identities[1].properties.principalId }
output slot2 object = { clientId: identities[2].properties.clientId, principalId: identities[2].properties.principalId }
output deployment object = { id: identities[3].id, principalId: identities[3].properties.principalId }
output all array = [for (part, index) in parts: { id: identities[index].id, clientId: identities[index].properties.clientId }]
