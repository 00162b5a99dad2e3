import { describe, expect, test } from 'vitest'
import { parseKeyId } from '../../../src/domain/terms/key-uri.ts'

const version = '9c1e0f3a5b7d4c2e8f6a1b3c5d7e9f01'
const versionless = 'https://contoso-ck-ex-na-vaulta1.vault.azure.net/keys/Contoso-CK-EX-NA-VaultA1-Key001'

describe('a key identifier', () => {
  test('is taken apart', () => {
    expect(parseKeyId(`${versionless}/${version}`)).toEqual({
      host: 'contoso-ck-ex-na-vaulta1.vault.azure.net',
      vault: 'contoso-ck-ex-na-vaulta1',
      name: 'Contoso-CK-EX-NA-VaultA1-Key001',
      version,
      versioned: `${versionless}/${version}`,
      versionless
    })
  })

  test('loses the port that Azure PowerShell prints', () => {
    const printed = `${versionless.replace('.net/', '.net:443/')}/${version}`
    expect(parseKeyId(printed).versioned).toBe(`${versionless}/${version}`)
  })

  test('may have no version', () => {
    expect(parseKeyId(versionless)).toMatchObject({ version: undefined, versioned: versionless })
  })

  test('of a managed HSM or a sovereign cloud is one too', () => {
    expect(parseKeyId(`https://pool.managedhsm.azure.net/keys/k/${version}`).vault).toBe('pool')
    expect(parseKeyId(`https://v.vault.usgovcloudapi.net/keys/k/${version}`).host).toBe('v.vault.usgovcloudapi.net')
  })

  test.each([
    'contoso',
    'http://v.vault.azure.net/keys/k',
    'https://v.vault.azure.net/secrets/k',
    'https://v.vault.azure.net/keys/',
    'https://v.vault.azure.net:8443/keys/k',
    'https://v.vault.azure.net/keys/k/1/2',
    'https://v.vault.azure.net/keys/k%20k'
  ])('is not %s', (kid) => {
    expect(() => parseKeyId(kid)).toThrow(/is not a key identifier\. Use/)
  })
})
