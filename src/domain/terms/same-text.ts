/** Azure compares ids and names without case. */
export const sameText = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
