/** Something that several share who look at the same place. */
interface Listed {
  readonly listed: Promise<unknown>
}

/** The newest look of each place, e.g. a subscription, for whoever asks under its name. What failed is looked at anew. */
export function createSharedLooks<Look extends Listed>(list: (place: string) => Look) {
  const newest = new Map<string, { readonly name: string; readonly look: Look }>()
  return (place: string, name: string): Look => {
    const known = newest.get(place)
    if (known?.name === name) return known.look
    const look = list(place)
    newest.set(place, { name, look })
    look.listed.catch(() => {
      if (newest.get(place)?.look === look) newest.delete(place)
    })
    return look
  }
}
