import { z } from 'zod'
import { text, wordOf } from './words.ts'

// https://learn.microsoft.com/rest/api/communication/email

const status = wordOf('NotStarted', 'Running', 'Succeeded', 'Failed', 'Canceled')

export const acceptedMail = z.object({ id: text, status })

export const mailState = z.object({ status })
