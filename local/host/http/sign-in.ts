import { LOCAL_USER_COOKIE } from './principal.ts'
import type { Answer, Exchange } from './exchange.ts'

/** Where App Service answers sign-in requests. */
export const SIGN_IN_PATH = '/.auth'

/**
 * App Service's sign-in pages, as far as a page links to them. Anybody on this machine may be anybody: a name is asked
 * for, and kept in a cookie that `signIn` reads.
 */
export function signInPages({ method, url, body }: Exchange): Answer {
  const path = url.pathname.toLowerCase()
  if (path === '/.auth/logout') return redirect(url.searchParams.get('post_logout_redirect_uri'), '')
  if (!path.startsWith('/.auth/login/')) return { status: 404 }
  const target = url.searchParams.get('post_login_redirect_uri')
  if (method === 'GET') return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page }
  const form = new URLSearchParams(body.toString('utf8'))
  const [user, context] = ['user', 'context'].map((name) => form.get(name)?.trim() ?? '')
  return redirect(target, [user, context].filter(Boolean).join(' '))
}

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sign in on this machine</title><body><main><h1>Sign in on this machine</h1>
<p>This stands in for Microsoft Entra ID. Whoever you say you are, you are.</p>
<form method="post"><label>User <input name="user" type="email" required autofocus placeholder="alice@contoso.com"></label>
<label>Authentication context that was met <input name="context" pattern="c[0-9]{1,2}" placeholder="none, or c1"></label>
<button>Sign in</button></form></main></body></html>`

/** To a place on this host only. */
function redirect(target: string | null, user: string): Answer {
  const location = target !== null && /^\/(?![/\\])/.test(target) ? target : '/api/ui'
  const life = user === '' ? '; Max-Age=0' : ''
  const cookie = `${LOCAL_USER_COOKIE}=${encodeURIComponent(user)}; Path=/; HttpOnly; SameSite=Lax${life}`
  return { status: 303, headers: { location, 'set-cookie': cookie } }
}
