const separator = '.'

/**
 * Event names match `[a-z0-9.:-]+`. Each wait has its own serial: an answer that comes late, or twice, then reaches
 * nobody instead of answering the next question.
 */
export const eventName = (name: string, serial: number): string => `${name}${separator}${serial}`

/** The name of the task, or of the wait, that an event answers. */
export const nameOfEvent = (event: string): string => event.slice(0, event.lastIndexOf(separator))
