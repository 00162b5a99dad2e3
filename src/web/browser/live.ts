/**
 * What the page does beside being read: shows moments in the reader's own zone, moves the now-line, and follows changes
 * without a reload. It asks for the same page again, held by the server until something changes (long polling), and
 * puts in the sections that differ. A section somebody types in waits until they have finished.
 *
 * It runs in the browser as it stands here, without its types (`src/triggers/pages/browser-files.ts`), and imports nothing.
 */

/** What each section of the page was last filled with, by its id: as the server wrote it, before moments are added to. */
export type Sources = Map<string, string>

function start(): void {
  const sources: Sources = new Map(sectionsOf(document).map(({ id, innerHTML }) => [id, innerHTML]))
  localise(document, Intl.DateTimeFormat().resolvedOptions().timeZone)
  if (document.querySelector('main[data-live]')) void follow(location.href, sources)
}

/** A moment as a zone's clock shows it, e.g. `Mon 23 Nov 18:00`. */
export function momentIn(timeZone: string, date: Date): string {
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23'
  })
  return shown.format(date).replaceAll(',', '')
}

/** Adds the reader's own time to each moment that another zone shows, unless both are the same. */
export function localise(root: ParentNode, ownZone: string): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>('time[data-zone]')) {
    const date = new Date(time.dateTime)
    const own = momentIn(ownZone, date)
    if (own === momentIn(time.dataset['zone'] ?? ownZone, date)) continue
    const span = document.createElement('span')
    span.className = 'soft own'
    span.textContent = ` · ${own} your time`
    time.title = `${own} (${ownZone})`
    time.append(span)
  }
}

/** Where the now-line stands, of 1000 from one moment to the other; its own width stays inside. Milliseconds. */
export const placeOfNow = (now: number, from: number, to: number): number =>
  Math.max(0, Math.min(996, (1000 * (now - from)) / (to - from)))

/** Moves the now-line of every chart, and marks today among the days. `now` in milliseconds. */
export function moveNow(root: ParentNode, now: number): void {
  for (const chart of root.querySelectorAll<SVGElement>('svg[data-from]')) {
    const place = placeOfNow(now, Number(chart.dataset['from']), Number(chart.dataset['to']))
    chart.querySelector('.f-now')?.setAttribute('x', String(place))
  }
  const zone = root.querySelector<HTMLElement>('time[data-zone]')?.dataset['zone'] ?? 'UTC'
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now)
  for (const day of root.querySelectorAll<HTMLElement>('[data-day]')) {
    const isToday = day.dataset['day'] === today
    day.classList.toggle('today', isToday)
    if (isToday) day.setAttribute('aria-current', 'date')
    else day.removeAttribute('aria-current')
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Whether somebody works in it: types, has typed something, or reads the faults of what they sent. */
export function busy(section: Element): boolean {
  const active = document.activeElement
  const typing = section.contains(active) && /^(INPUT|TEXTAREA|SELECT)$/.test(active?.tagName ?? '')
  const refused = section.querySelector('.faults') !== null // came back with its faults, to be mended
  return typing || refused || [...section.querySelectorAll<Field>('input,textarea,select')].some(changed)
}

function changed(field: Field): boolean {
  if (field instanceof HTMLSelectElement)
    return field.value !== ([...field.options].find((each) => each.defaultSelected)?.value ?? '')
  if (field instanceof HTMLInputElement && field.type === 'checkbox') return field.checked !== field.defaultChecked
  return field.type !== 'hidden' && field.value !== field.defaultValue
}

/**
 * Fills a section anew, keeping what is open and who has the focus. False where somebody works in it: then it stays, and
 * is to be tried again, unless the form they work in is asked no longer.
 */
export function put(section: Element, fresh: Element, sources: Sources): boolean {
  if (sources.get(section.id) === fresh.innerHTML) return true
  if (busy(section) && !isOver(section, fresh)) return false
  const focused = section.contains(document.activeElement) ? (document.activeElement?.id ?? '') : ''
  const open = [...section.querySelectorAll('details[open][id]')].map(({ id }) => id)
  sources.set(section.id, fresh.innerHTML)
  section.className = fresh.className
  section.replaceChildren(...document.importNode(fresh, true).childNodes)
  for (const id of open) document.getElementById(id)?.setAttribute('open', '')
  localise(section, Intl.DateTimeFormat().resolvedOptions().timeZone)
  section.classList.add('fresh')
  if (focused !== '') document.getElementById(focused)?.focus()
  return true
}

/** Whether the form somebody works in is there no longer. */
const isOver = (section: Element, fresh: Element): boolean =>
  [...section.querySelectorAll('form[id]')].some(
    (form) => busy(form) && fresh.querySelector(`#${CSS.escape(form.id)}`) === null
  )

/** Takes over what is different in a newer page, and says a new headline aloud. False where a section has to wait. */
export function merge(text: string, sources: Sources): boolean {
  const next = new DOMParser().parseFromString(text, 'text/html')
  const headline = (): string => document.getElementById('headline')?.textContent ?? ''
  const before = headline()
  let all = true
  for (const fresh of sectionsOf(next)) {
    const there = document.getElementById(fresh.id)
    if (there) all = put(there, fresh, sources) && all
  }
  document.title = next.title
  const status = document.getElementById('live-status')
  if (status && headline() !== '' && headline() !== before) status.textContent = headline()
  return all
}

const sectionsOf = (page: ParentNode): Element[] => [...page.querySelectorAll('main > [id]')]

/** Between two questions. */
export interface Followed {
  /** Of the page as it is shown; empty asks for it at once. */
  readonly etag: string
  /** Milliseconds until the next question. */
  readonly pause: number
  /** Signed out: the next click signs in again. */
  readonly over: boolean
}

const shortest = 1_000
const longest = 30_000

/** Asks for the page again and again, for as long as the reader is signed in. */
async function follow(href: string, sources: Sources): Promise<void> {
  const address = pageOf(href)
  for (let so: Followed = { etag: '', pause: shortest, over: false }; !so.over; ) {
    so = await look(address, so, sources)
    const pause = document.hidden ? longest : so.pause
    await new Promise((resume) => setTimeout(resume, pause))
  }
}

/** The page that follows: where a refused answer came back, the onboarding's own. */
export const pageOf = (href: string): string => href.split('/tasks/')[0] ?? href

/** One question: what changed is put in, and the now-line moves by the server's clock, which may be a rehearsal's. */
export async function look(address: string, { etag, pause }: Followed, sources: Sources): Promise<Followed> {
  const later = { etag, pause: Math.min(pause * 2, longest), over: false }
  try {
    const held = etag === '' ? {} : { 'if-none-match': etag, prefer: 'wait=20' }
    const answer = await fetch(address, { cache: 'no-store', headers: held })
    if (answer.redirected || answer.status === 401) return { ...later, over: true }
    const now = Date.parse(answer.headers.get('date') ?? '') || Date.now()
    if (!answer.ok) {
      moveNow(document, now)
      return answer.status === 304 ? { ...later, pause: shortest } : later
    }
    const all = merge(await answer.text(), sources)
    moveNow(document, now)
    return { etag: all ? (answer.headers.get('etag') ?? '') : '', pause: shortest, over: false }
  } catch {
    return later
  }
}

if ('document' in globalThis) start() // a test of what needs no page has none
