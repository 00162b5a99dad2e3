import { createHash } from 'node:crypto'

/** Hexadecimal, lower case. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')
