/**
 * What the page does beside being read: shows moments in the reader's own zone, moves the now-line, and follows changes
 * without a reload. It asks for the same page again, held by the server until something changes (long polling), and
 * puts in the sections that differ. A section somebody types in waits until they have finished.
 */
export const liveScript = `
'use strict';
(() => {
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const sources = new Map()
  let clockAhead = 0 // the server's clock may be a rehearsal's

  const parts = (date, timeZone) => new Intl.DateTimeFormat('en-GB',
    { timeZone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date).replace(/,/g, '')

  function localise(root) {
    for (const time of root.querySelectorAll('time[data-zone]')) {
      const date = new Date(time.dateTime)
      const own = parts(date, ownZone)
      if (own === parts(date, time.dataset.zone)) continue
      const span = document.createElement('span')
      span.className = 'soft own'
      span.textContent = ' · ' + own + ' your time'
      time.title = own + ' (' + ownZone + ')'
      time.append(span)
    }
  }

  function moveNow() {
    const now = Date.now() + clockAhead
    for (const chart of document.querySelectorAll('svg[data-from]')) {
      const from = Number(chart.dataset.from), to = Number(chart.dataset.to)
      const line = chart.querySelector('.f-now')
      if (line) line.setAttribute('x', String(Math.max(0, Math.min(996, 1000 * (now - from) / (to - from)))))
    }
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: document.querySelector('time[data-zone]')?.dataset.zone ?? 'UTC' }).format(now)
    for (const day of document.querySelectorAll('[data-day]')) {
      day.classList.toggle('today', day.dataset.day === today)
      if (day.dataset.day === today) day.setAttribute('aria-current', 'date')
      else day.removeAttribute('aria-current')
    }
  }

  const busy = (section) => {
    const active = document.activeElement
    const typing = section.contains(active) && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName)
    const refused = section.querySelector('.faults') // came back with its faults, to be mended
    return typing || refused || [...section.querySelectorAll('input,textarea')].some((field) =>
      field.type === 'checkbox' ? field.checked !== field.defaultChecked : field.type !== 'hidden' && field.value !== field.defaultValue)
  }

  function put(section, fresh) {
    if (sources.get(section.id) === fresh.innerHTML) return true
    const gone = [...section.querySelectorAll('form[id]')].some((form) => busy(form) && !fresh.querySelector('#' + CSS.escape(form.id)))
    if (busy(section) && !gone) return false
    const focused = section.contains(document.activeElement) ? document.activeElement.id : ''
    const open = [...section.querySelectorAll('details[open][id]')].map((each) => each.id)
    sources.set(section.id, fresh.innerHTML)
    section.className = fresh.className
    section.replaceChildren(...document.importNode(fresh, true).childNodes)
    for (const id of open) document.getElementById(id)?.setAttribute('open', '')
    localise(section)
    section.classList.add('fresh')
    if (focused) document.getElementById(focused)?.focus()
    return true
  }

  function merge(text) {
    const next = new DOMParser().parseFromString(text, 'text/html')
    const before = document.getElementById('headline')?.textContent
    let all = true
    for (const fresh of next.querySelectorAll('main > [id]')) {
      const there = document.getElementById(fresh.id)
      if (there) all = put(there, fresh) && all
    }
    document.title = next.title
    const headline = document.getElementById('headline')?.textContent
    if (headline && headline !== before) document.getElementById('live-status').textContent = headline
    moveNow()
    return all
  }

  async function follow() {
    let etag = ''
    for (let pause = 1000; ;) {
      try {
        const answer = await fetch(location.href.split('/tasks/')[0], { cache: 'no-store', headers: etag ? { 'if-none-match': etag, prefer: 'wait=20' } : {} })
        if (answer.redirected || answer.status === 401) return // signed out: the next click signs in again
        clockAhead = Date.parse(answer.headers.get('date') ?? '') - Date.now() || 0
        if (answer.ok) etag = merge(await answer.text()) ? answer.headers.get('etag') ?? '' : ''
        else moveNow()
        pause = answer.ok || answer.status === 304 ? 1000 : Math.min(pause * 2, 30000)
      } catch {
        pause = Math.min(pause * 2, 30000)
      }
      await new Promise((resume) => setTimeout(resume, document.hidden ? 30000 : pause))
    }
  }

  localise(document)
  for (const section of document.querySelectorAll('main > [id]')) sources.set(section.id, '')
  if (document.querySelector('main[data-live]')) void follow()
})()
`
