/** Azure tells upper from lower case in no name and no id. */
export const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
