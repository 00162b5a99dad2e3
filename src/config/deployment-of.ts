import type { Deployment } from '../domain/plan/deployment.ts'
import type { Config } from './config.ts'

/** What this deployment fixes of each plan made by it. */
export const deploymentOf = (config: Config): Deployment => ({
  sla: { ...config.calendar, businessDays: config.slaBusinessDays },
  retentionDays: config.retentionDays,
  immutability: config.immutability,
  drills: config.drillSchedule !== undefined,
  aliases: config.aliases
})
