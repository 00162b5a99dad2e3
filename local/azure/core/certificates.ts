import { randomUUID } from 'node:crypto'
import { generate } from 'selfsigned'

export interface Certificates {
  /** PEM of the authority a client must trust; its key is never written anywhere. */
  readonly authority: string
  readonly certificate: string
  readonly key: string
}

/** An authority for this run alone and one certificate for every host that is simulated. */
export async function makeCertificates(): Promise<Certificates> {
  const authority = await generate(
    [{ name: 'commonName', value: `Simulated Azure ${randomUUID()} (this machine only)` }],
    {
      ...COMMON,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }
      ]
    }
  )
  const leaf = await generate([{ name: 'commonName', value: 'management.azure.com' }], {
    ...COMMON,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: SIMULATED_NAMES.map((value) => ({ type: 2, value })) }
    ]
  })
  return { authority: authority.cert, certificate: leaf.cert, key: leaf.private }
}

const COMMON = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const

const SIMULATED_NAMES = [
  'management.azure.com',
  'graph.microsoft.com',
  'login.microsoftonline.com',
  'login.windows.net',
  '*.vault.azure.net',
  '*.communication.azure.com',
  '*.blob.core.windows.net',
  '*.in.applicationinsights.azure.com'
]
