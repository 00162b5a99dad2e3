import type { Identity, Slot } from './evidence.ts'

/** One value for each slot: there is always both, and no slot stands for the other. */
export type BySlot<T> = Readonly<Record<Slot, T>>

/** The same as a list, slot 1 first: how plans and documents write it. */
export type SlotPair<T> = readonly [T, T]

export const bothSlots = [1, 2] as const satisfies SlotPair<Slot>

export const bySlot = <T>(valueOf: (slot: Slot) => T): BySlot<T> => ({ 1: valueOf(1), 2: valueOf(2) })

export const listed = <T>(values: BySlot<T>): [T, T] => [values[1], values[2]]

export const ofSlot = <T>([first, second]: SlotPair<T>, slot: Slot): T => (slot === 1 ? first : second)

export const otherSlot = (slot: Slot): Slot => (slot === 1 ? 2 : 1)

/** Whose credential reaches the slot's subscription, vaults and store. */
export const slotIdentity = (slot: Slot): Identity => `slot-${slot}`
