import { createHash } from 'node:crypto'
import type { KeyVersion } from './key-record.ts'

/** The public part of a key's JSON Web Key: right in length, the same in every rehearsal, of no use for encryption. */
export function publicHalfOf(version: KeyVersion): Record<string, string> {
  if (version.curve !== undefined) return pointOn(version.curve, version.seed)
  return { n: version.modulus ?? modulus(version.seed, version.size ?? 2048), e: 'AQAB' }
}

function modulus(seed: string, bits: number): string {
  const bytes = bytesFrom(seed, bits / 8)
  // A modulus fills its length and is odd.
  bytes.writeUInt8(bytes.readUInt8(0) | 0x80, 0)
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) | 1, bytes.length - 1)
  return bytes.toString('base64url')
}

const coordinateBytes: Readonly<Record<string, number>> = { 'P-256': 32, 'P-256K': 32, 'P-384': 48, 'P-521': 66 }

function pointOn(curve: string, seed: string): Record<string, string> {
  const length = coordinateBytes[curve] ?? 32
  const coordinate = (name: string): string => bytesFrom(`${seed}/${name}`, length).toString('base64url')
  return { crv: curve, x: coordinate('x'), y: coordinate('y') }
}

function bytesFrom(seed: string, length: number): Buffer {
  const block = (_: unknown, index: number): Buffer => createHash('sha512').update(`${seed}#${index}`).digest()
  const blocks = Array.from({ length: Math.ceil(length / 64) }, block)
  return Buffer.concat(blocks).subarray(0, length)
}
