import { html } from './html.ts'
import { page, type Frame } from './layout.ts'

export interface WaitingPage extends Frame {
  readonly againSeconds: number
}

/** Azure has yet to answer what a plan asks of it: the page looks again by itself. */
export const waitingPage = ({ againSeconds, ...frame }: WaitingPage): string =>
  page({
    ...frame,
    title: 'Still looking',
    againSeconds,
    body: html`<h1>Still looking</h1>
<p role="status">Azure has not answered yet what preflight asks it. Nothing has been changed. This page looks again by itself every ${againSeconds} seconds; you may leave it and come back to its address.</p>
<p><a href="">Look now</a> · <a href="/api/ui/new">Back to the request</a></p>`
  })
