/** Each of the ones with its other. Throws where there are more of one kind: then who belongs to whom is not known. */
export function zip<One, Other>(ones: readonly One[], others: readonly Other[]): [One, Other][] {
  if (ones.length !== others.length) throw new Error(`${ones.length} and ${others.length} do not make pairs.`)
  return ones.flatMap((one, index) => others.slice(index, index + 1).map((other): [One, Other] => [one, other]))
}
