import { z } from 'zod'
import { offlineCopyBody } from '../../domain/backups/offline-copy.ts'
import { adoptionBody } from '../../domain/backups/adoption.ts'
import { onboardingRequest } from '../../domain/request/request.ts'
import { ledgerPage } from '../../domain/views/ledger-page.ts'
import { runningPlan } from '../../domain/views/running-plan.ts'
import * as documents from '../../domain/views/documents.ts'
import { diagnosisBody } from '../diagnosis.ts'

/** What operations answer, by the name it has in the API's description. */
export const answered = {
  Onboarding: documents.onboardingDocument,
  OnboardingList: documents.onboardingList,
  PlanAnswer: documents.planAnswer,
  RunningPlan: runningPlan,
  Started: documents.started,
  Taken: documents.taken,
  EvidencePage: documents.evidencePage,
  LedgerPage: ledgerPage,
  AnswerSheet: documents.answerSheet,
  Backups: documents.backups,
  Adopted: documents.adopted,
  OfflineCopyTaken: documents.offlineCopyTaken,
  Diagnoses: documents.diagnoses,
  Waiting: documents.waiting,
  Health: documents.health,
  Problem: documents.problemDocument,
  /** A document whose shape is described elsewhere. */
  Document: z.looseObject({})
} as const

/** What operations are sent. */
export const sent = {
  OnboardingRequest: onboardingRequest.extend({ planDigest: z.string().optional() }),
  VaultAdoption: adoptionBody,
  OfflineCopy: offlineCopyBody,
  DiagnosisRequest: diagnosisBody
} as const

export type AnsweredName = keyof typeof answered
export type SentName = keyof typeof sent
