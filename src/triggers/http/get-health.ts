import { release } from '../../domain/terms/release.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'

/** `GET /api/health`, the one route for anybody: the app has started, and which release. It says nothing of Azure and of no onboarding. */
export const getHealth: Handler<'getHealth'> = async () => json(200, { status: 'started', release })
