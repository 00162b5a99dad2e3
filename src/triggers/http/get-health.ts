import type { HttpHandler } from '@azure/functions'

/** `GET /api/health`, the one route for anybody: the app has started. It says nothing of Azure and of no onboarding. */
export const getHealth: HttpHandler = () => ({ status: 200, jsonBody: { status: 'started' } })
