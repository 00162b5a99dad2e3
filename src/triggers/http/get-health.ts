import { release } from '../../domain/terms/release.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'

/** `GET /api/health`, the one route for anybody: that release of the app has started. Nothing of Azure, and of no onboarding. */
export const getHealth: Handler<'getHealth'> = async () => json(200, { status: 'started', release })
