const reactivate =
  'have its billing owner reactivate it in the Azure portal (Subscriptions, the subscription, Reactivate; where that is greyed out, ' +
  'by a support request to Azure billing). Once Azure shows it Enabled, retry.'

/**
 * What to do about each state in which Azure shows a subscription, but the one that is sound. Those of Azure Resource Manager are
 * `Enabled`, `Warned`, `PastDue`, `Disabled` and `Deleted`; the portal’s list has `Expired` as well.
 * https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-states,
 * …/manage/subscription-disabled, …/manage/resolve-past-due-balance, https://learn.microsoft.com/rest/api/resources/subscriptions/get
 */
const cures: Readonly<Record<string, (id: string) => string>> = {
  Warned: (id) =>
    `Nothing can be made in ${id}, what is in it may be offline, and it is disabled next. Find out whether a payment is open, ` +
    `somebody cancelled it, or it ran out; settle that, and ${reactivate}`,
  PastDue: (id) =>
    `${id} works still, and is disabled where its bill stays unpaid: have its billing owner pay the open balance (Azure portal, ` +
    'Cost Management + Billing, Invoices). There is nothing to reactivate. Once Azure shows it Enabled, retry.',
  Disabled: (id) =>
    `What is in ${id} can be read and not changed, and is deleted for good with it, within 90 days at most. Find out at once whether ` +
    `it was a bill, a spending limit, a credit that ran out, or somebody who cancelled it; settle that, and ${reactivate}`,
  Expired: (id) =>
    `${id} was cancelled: what is in it can be read and not changed. Find out who cancelled it and why, and ${reactivate}`,
  Deleted: (id) =>
    `Azure has deleted ${id} and all that was in it; its portal reactivates no deleted subscription. If a data encryption policy names ` +
    'a key of it, open a support request to Microsoft at once, and delete nothing else. Otherwise cancel, and start anew with ' +
    'another subscription.'
}

export const statesWithCure = Object.keys(cures)

/** For whoever owns its bill. What no word of Azure’s lists fits is an unknown, and no yes. */
export const cureOfState = (id: string, state: string): string =>
  cures[state]?.(id) ??
  `This app does not know the state ${state}. Look in the Azure portal (Subscriptions, ${id}, Overview) what Azure says of it, and ` +
    'have its billing owner mend that. Once Azure shows it Enabled, retry.'

/** Of a refusal, which does not tell the state. */
export const cureOfRefusal = (id: string): string =>
  `Look in which state ${id} is. PastDue: have its billing owner pay the open balance. Deleted: the portal reactivates none; open a ` +
  'support request to Microsoft if a policy names a key of it. ' +
  `Warned, Disabled or Expired: settle why, and ${reactivate}`
