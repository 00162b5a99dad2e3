import { describe, expect, test } from 'vitest'
import { parseKeyEvent } from '../../../src/domain/backups/key-event.ts'
import { vaultIdOf, vaultOfId } from '../../../src/domain/terms/vault-id.ts'

const subscriptionId = '8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02'
const idIn = (group: string, vaultName = 'Some-Vault'): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/${vaultName}`

// What a resource group may be called: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
const groups = ['rg-keys', 'Schlüssel_Grün', 'ключи.1', '鍵-管理', 'clés(prod)', 'rg\u0301', 'مفاتيح']

describe('the resource id of a vault', () => {
  test.for(groups)('in group %s names it, with a slash at its end, in capitals and percent-encoded too', (group) => {
    const place = { subscriptionId, resourceGroup: group, vaultName: 'Some-Vault' }
    expect(vaultOfId(idIn(group))).toEqual(place)
    expect(vaultOfId(`${idIn(group)}/`)).toEqual(place)
    expect(vaultOfId(encodeURI(idIn(group)))).toEqual(place)
    expect(vaultIdOf(vaultOfId(idIn(group).toUpperCase()) ?? expect.fail())).toBe(vaultIdOf(place))
  })

  test.for(['rg keys', 'rg/other', '', 'a'.repeat(91), 'rg%2Fother', 'rg;x'])('in group %j is none', (group) => {
    expect(vaultOfId(idIn(group))).toBeUndefined()
  })

  test('of what is within a vault, or of something else, is none', () => {
    expect(vaultOfId(`${idIn('rg')}/keys/k`)).toBeUndefined()
    expect(vaultOfId(`${idIn('rg')}//`)).toBeUndefined()
    expect(vaultOfId(idIn('rg').replace('vaults', 'managedHSMs'))).toBeUndefined()
    expect(vaultOfId('%E0%A4%A')).toBeUndefined()
  })
})

test.for(groups)('an event of a vault in group %s is not dropped', (group) => {
  const event = (source: string) => ({
    specversion: '1.0',
    id: '1',
    source,
    type: 'Microsoft.KeyVault.KeyNewVersionCreated',
    subject: 'k',
    time: '2026-11-23T17:00:00Z',
    data: { VaultName: 'Some-Vault', ObjectName: 'k' }
  })
  const vaultId = idIn(group).toLowerCase()
  for (const source of [idIn(group), `${idIn(group)}/`, encodeURI(idIn(group))])
    expect(parseKeyEvent(event(source))).toMatchObject({ vaultId, vaultName: 'some-vault' })
})
