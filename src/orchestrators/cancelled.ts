import type { Answer } from '../domain/tasks/answers.ts'
import { StoryEnds } from './durable.ts'

/** Ends an orchestration on a person's word; thrown and caught inside one orchestrator. */
export class Cancelled extends StoryEnds {
  override readonly name = 'Cancelled'
  /** Absent in a branch: the onboarding has heard it. */
  readonly answered: Answer | undefined

  constructor(answered?: Answer) {
    super(answered === undefined ? 'the onboarding is cancelled' : `cancelled by ${answered.by}`)
    this.answered = answered
  }
}
