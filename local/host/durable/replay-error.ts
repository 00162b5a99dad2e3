/** An orchestration that cannot go on; the message becomes its output. */
export class ReplayError extends Error {}
