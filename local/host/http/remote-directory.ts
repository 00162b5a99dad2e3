import type { Directory, Person } from './principal.ts'

/** A directory that another process holds, as that of a rehearsal is: `GET url?user=…` answers `{ oid, tid }`. */
export const remoteDirectory =
  (url: string): Directory =>
  async (user) => {
    const answer = await fetch(`${url}?${new URLSearchParams({ user }).toString()}`)
    const person: unknown = await answer.json()
    if (isPerson(person)) return person
    throw new Error(
      `The directory at ${url} answered no { "oid", "tid" }. Start its owner, or unset CKEY_DIRECTORY_URL.`
    )
  }

const isPerson = (answer: unknown): answer is Person =>
  typeof answer === 'object' &&
  answer !== null &&
  'oid' in answer &&
  'tid' in answer &&
  typeof answer.oid === 'string' &&
  typeof answer.tid === 'string'
