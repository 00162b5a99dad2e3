import type { OnboardingDocument } from '../domain/views/documents.ts'
import { becameOf, notWhollyTaken } from '../domain/views/shown-answer.ts'
import { html, type Html } from './html.ts'
import { moment } from './moment.ts'

/** What was said and did not count, or is not judged yet: whoever said it finds it here, with the reason. */
export function answerSection(view: OnboardingDocument): Html {
  const answers = notWhollyTaken(view)
  return html`<div id="answers">${
    answers.length > 0 &&
    html`<section class="panel" aria-labelledby="answers-title">
<h2 id="answers-title">Answers that did not count, not wholly or not yet</h2>
<ul class="plain">${answers.map(
      (answer) =>
        html`<li><code>${answer.task}</code> by ${answer.by}, ${moment(answer.at, view.zone)}: ${becameOf(answer)}</li>`
    )}</ul></section>`
  }</div>`
}
