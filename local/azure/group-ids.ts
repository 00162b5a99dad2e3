/** A seed names a person by user principal name and a group by object id, both in lower case. */
export const isGroup = (party: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(party)
