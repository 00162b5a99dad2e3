import { subscriptionIds } from '../app/requests.ts'
import type { BrokenRule } from './broken-rules.ts'
import { assigned } from './policy-cases.ts'

const [slot1, slot2] = subscriptionIds

/** What Azure Policy has against a plan, a subject each. */
export const policyRules: readonly BrokenRule[] = [
  {
    requirement: 'R27',
    code: 'policy-other-slot-1',
    spoil: assigned({
      subscriptionId: slot1,
      definition: 'no-new-vaults',
      rule: { field: 'type', equals: 'Microsoft.KeyVault/vaults' }
    })
  },
  {
    requirement: 'R27',
    code: 'policy-tags-slot-2',
    spoil: assigned({
      subscriptionId: slot2,
      definition: '871b6d14-10aa-478d-b590-94f262ecfa99',
      mode: 'Indexed',
      rule: { field: "[concat('tags[', parameters('tagName'), ']')]", exists: 'false' },
      parameters: { tagName: { value: 'CostCenter' } }
    })
  },
  {
    requirement: 'R27',
    code: 'policy-rewrites-slot-1',
    spoil: assigned({
      subscriptionId: slot1,
      definition: 'ac673a9a-f77d-4846-b2d8-a57f8e1c01dc',
      mode: 'Indexed',
      rule: { field: 'Microsoft.KeyVault/vaults/networkAcls.defaultAction', notEquals: 'Deny' },
      effect: 'Modify'
    })
  },
  {
    requirement: 'R28',
    code: 'policy-sku-slot-1',
    spoil: assigned({
      subscriptionId: slot1,
      group: 'rg-fabri-ck-slot1',
      definition: 'standard-vaults',
      rule: { field: 'Microsoft.KeyVault/vaults/sku.name', notEquals: 'standard' }
    })
  },
  {
    requirement: 'R31',
    code: 'policy-locations-slot-2',
    spoil: assigned({
      subscriptionId: slot2,
      definition: 'e56962a6-4747-49cd-b67b-bf8b01975c4c',
      mode: 'Indexed',
      rule: { field: 'location', notIn: "[parameters('listOfAllowedLocations')]" },
      parameters: { listOfAllowedLocations: { value: ['West Europe'] } }
    })
  },
  {
    requirement: 'R42',
    code: 'policy-key-expiry-slot-1',
    spoil: assigned({
      subscriptionId: slot1,
      definition: '152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0',
      mode: 'Microsoft.KeyVault.Data',
      rule: { field: 'Microsoft.KeyVault.Data/vaults/keys/attributes.expiresOn', exists: false }
    })
  }
]
