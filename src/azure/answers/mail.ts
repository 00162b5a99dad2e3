import { z } from 'zod'
import { text } from './words.ts'

// https://learn.microsoft.com/rest/api/communication/email

const status = z.enum(['NotStarted', 'Running', 'Succeeded', 'Failed', 'Canceled'])

export const acceptedMail = z.object({ id: text, status })

export const mailState = z.object({ status })
