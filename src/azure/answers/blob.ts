import { z } from 'zod'
import { text } from './words.ts'

// Headers of Storage's answers, as its client reads them: https://learn.microsoft.com/rest/api/storageservices

export const blob = z.object({
  contentLength: z.int().min(0),
  etag: text,
  lastModified: z.date(),
  createdOn: z.date(),
  blobType: z.literal('BlockBlob'),
  metadata: z.record(z.string(), z.string()).optional(),
  contentMD5: z.instanceof(Uint8Array).optional(),
  immutabilityPolicyMode: z.string().optional(),
  immutabilityPolicyExpiresOn: z.date().optional()
})

export const storedBlob = z.object({ etag: text, lastModified: z.date() })

export const blobPage = z.object({
  date: z.date(),
  continuationToken: z.string().optional(),
  segment: z.object({ blobItems: z.array(z.object({ name: text })) })
})

export const takenLease = z.object({ leaseId: text })

export const givenLease = z.object({ etag: text })
