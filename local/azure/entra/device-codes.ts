import { randomInt, randomUUID } from 'node:crypto'
import type { Collection, World } from '../core/world.ts'

/** A device, or a terminal, that waits until a person has entered its code elsewhere. */
export interface DeviceCode {
  readonly deviceCode: string
  readonly userCode: string
  readonly clientId: string
  readonly scope: string
  /** Milliseconds of the real clock, on which all tokens live. */
  readonly expiresAt: number
  /** Object id of who entered the code; absent while nobody has. */
  readonly userId?: string
}

/** By user code. */
export const deviceCodes = (world: World): Collection<DeviceCode> => world.collection('device-codes')

export const deviceCodeSeconds = 900

export function newDeviceCode(world: World, asked: Pick<DeviceCode, 'clientId' | 'scope'>): DeviceCode {
  const letters = 'BCDFGHJKLMNPQRSTVWXZ23456789'
  const userCode = Array.from({ length: 9 }, () => letters.charAt(randomInt(letters.length))).join('')
  const made = { ...asked, userCode, deviceCode: randomUUID(), expiresAt: Date.now() + deviceCodeSeconds * 1000 }
  deviceCodes(world).set(userCode, made)
  return made
}

/** False where no device waits with this code. */
export function enterCode(world: World, userCode: string, userId: string): boolean {
  const waiting = deviceCodes(world).get(userCode)
  if (waiting === undefined || waiting.expiresAt <= Date.now()) return false
  deviceCodes(world).set(userCode, { ...waiting, userId })
  return true
}

/** Where people enter codes; Microsoft's own address where nobody has said another. */
const places = (world: World): Collection<{ readonly url: string }> => world.collection('device-login')
export const codesAreEnteredAt = (world: World, url: string): void => places(world).set('place', { url })
export const whereCodesAreEntered = (world: World): string =>
  places(world).get('place')?.url ?? 'https://microsoft.com/devicelogin'
