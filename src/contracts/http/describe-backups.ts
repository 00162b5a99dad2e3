import { notYet, type Answer, type Description } from './description.ts'
import * as examples from './openapi-examples.ts'

const adopted = {
  description: 'Adopted',
  schema: 'Adopted',
  example: { outcome: 'adopted', vaultName: 'Contoso-Old-VaultA1', keys: ['Key001'] }
} as const satisfies Answer

const recorded = {
  description: 'Recorded',
  schema: 'OfflineCopyTaken',
  example: { slot: 1, by: 'alice@contoso.com', at: '2026-12-04T10:00:00.000Z' }
} as const satisfies Answer

/** Backups, the deployment and the API itself. */
export const ofBackups = {
  adoptVault: {
    body: {
      schema: 'VaultAdoption',
      example: examples.exampleAdoption,
      refused: {
        code: 'faulty-adoption',
        title: 'The request has faults',
        detail: 'Nothing was adopted. Mend every fault.'
      }
    },
    answers: { 200: adopted, 202: notYet }
  },
  getAdoption: { answers: { 200: adopted, 202: notYet } },
  getBackups: {
    answers: { 200: { description: 'The newest sweep', schema: 'Backups', example: examples.exampleBackups } }
  },
  attestOfflineCopy: {
    body: {
      schema: 'OfflineCopy',
      example: { slot: 1, location: 'Safe 12, Hamburg' },
      refused: {
        code: 'faulty-attestation',
        title: 'The attestation has faults',
        detail: 'Nothing was recorded. Mend every fault.'
      }
    },
    answers: { 200: recorded, 202: notYet }
  },
  getOfflineCopy: { answers: { 200: recorded, 202: notYet } },
  diagnose: {
    body: {
      schema: 'DiagnosisRequest',
      example: { mail: true, subscriptions: [{ slot: 1, id: examples.exampleRequest.subscriptions[0]?.id }] },
      refused: {
        code: 'faulty-diagnosis',
        title: 'What to look at has faults',
        detail: 'Nothing was looked at. Mend every fault.'
      },
      whenEmpty: {}
    },
    answers: {
      200: { description: 'One check after the other', schema: 'Diagnoses', example: examples.exampleDiagnoses }
    }
  },
  getHealth: {
    answers: { 200: { description: 'It has', schema: 'Health', example: { status: 'started', release: '0.1.0' } } }
  },
  getDescription: {
    answers: { 200: { description: 'OpenAPI 3.1', schema: 'Document', example: { openapi: '3.1.0' } } }
  }
} as const satisfies Readonly<Record<string, Description>>
