/**
 * What holds a key, as Key Vault numbers the generations of its HSMs:
 * https://learn.microsoft.com/azure/key-vault/keys/about-keys, which says too that new keys are made on the second one.
 */
export function hsmPlatformWords(platform: string): string {
  const { [platform]: validated } = validations
  return `HSM platform ${platform}${validated === undefined ? '' : ` (${validated})`}`
}

const validations: Readonly<Partial<Record<string, string>>> = {
  '0': 'software, no HSM',
  '1': 'FIPS 140-2 Level 2',
  '2': 'FIPS 140-3 Level 3'
}
