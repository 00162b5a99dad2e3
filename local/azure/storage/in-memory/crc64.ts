/** The checksum of a block as the blob service tells it: CRC-64 of NVM Express, in Base64, least significant byte first. */
export function crc64Of(bytes: Buffer): string {
  let crc = allOnes
  for (const byte of bytes) crc = (table[Number((crc ^ BigInt(byte)) & 0xffn)] ?? 0n) ^ (crc >> 8n)
  const result = Buffer.alloc(8)
  result.writeBigUInt64LE(crc ^ allOnes)
  return result.toString('base64')
}

const allOnes = 0xffff_ffff_ffff_ffffn
const polynomial = 0x9a6c_9329_ac4b_c9b5n // https://learn.microsoft.com/rest/api/storageservices/put-block

const table = Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte)
  for (let bit = 0; bit < 8; bit++) value = (value & 1n) === 1n ? (value >> 1n) ^ polynomial : value >> 1n
  return value
})
