import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import type { DeliveryReport } from '../domain/mails/delivery-report.ts'
import { defineRecord } from './define-record.ts'

type ReportId = Pick<DeliveryReport, 'operationId' | 'recipient'>

const folder = 'hub/deliveries/'

const record = defineRecord({
  kind: 'delivery report',
  format: 1,
  schema: z.object({ operationId: z.string(), recipient: z.string(), status: z.string(), why: z.string() }),
  name: ({ operationId, recipient }: ReportId) => `${folder}${operationId}/${recipient}.json`
})

/** Whether any is kept, of whatever mail. */
export const hasDeliveryReports = async (store: RecordStore): Promise<boolean> =>
  (await store.list('records', folder)).value.length > 0

/** The first that came stays: what people said of it is of that one. */
export const keepDeliveryReport = (store: RecordStore, report: DeliveryReport) => record.put(store, report, report)

/** Undefined where Azure has told nothing bad of the mail, or nothing at all. Both parts in small letters, as they are kept. */
export const readDeliveryReport = (store: RecordStore, of: ReportId): Promise<DeliveryReport | undefined> =>
  record.read(store, of)
