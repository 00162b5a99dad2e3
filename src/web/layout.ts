import { release } from '../domain/terms/release.ts'
import { html, type Html, type Part } from './html.ts'

/** Around every page: who is signed in, and whether this is a rehearsal. */
export interface Frame {
  /** UPN of the reader. */
  readonly reader: string
  /** e.g. `REHEARSAL` */
  readonly banner: string | undefined
}

export interface PageParts extends Frame {
  readonly title: string
  readonly body: Part
  /** The page follows changes by itself. */
  readonly live?: boolean
  /** It loads itself again after so many seconds. */
  readonly againSeconds?: number
}

/** A whole document. Style and script are the app's own files; nothing comes from anywhere else. */
export function page({ title, body, reader, banner, live = false, againSeconds }: PageParts): string {
  const content: Html = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${
  againSeconds !== undefined &&
  html`<meta http-equiv="refresh" content="${againSeconds}">
`
}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${banner !== undefined && `${banner} · `}${title} · Customer Key</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/ui/assets/style.css">
<script type="module" src="/api/ui/assets/live.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="home" href="/api/ui">Customer Key onboarding</a>
${banner !== undefined && html`<strong class="banner">${banner}</strong>`}
<span class="reader">Signed in as <b>${reader}</b> · <a href="/.auth/logout?post_logout_redirect_uri=/.auth/login/aad">change</a></span>
</header>
<main id="main"${live && html` data-live`}>
${body}
</main>
<footer class="foot soft small">Customer Key onboarding ${release}</footer>
<p id="live-status" role="status" class="visually-hidden"></p>
</body>
</html>
`
  return content.html
}
