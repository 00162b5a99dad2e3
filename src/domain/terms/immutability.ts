/** `not-available`: the configuration says that the store can hold no immutability, and every report shows it. */
export type Immutability = 'required' | 'not-available'
