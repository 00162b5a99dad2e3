import { AzureCallError } from '../azure/errors.ts'
import { StoreSilent } from '../contracts/silent-store.ts'

/** The same part of the port, whose calls fail in words that routes know: they know nothing of Azure's errors. */
export const sayingSilent = <Part extends object>(part: Part): Part =>
  new Proxy(part, {
    get(target, method) {
      const call: unknown = Reflect.get(target, method)
      return typeof call === 'function' ? saying(call as Call) : call // the port's methods only promise
    }
  })

type Call = (...args: never[]) => Promise<unknown>

const saying =
  (call: Call): Call =>
  async (...args) => {
    try {
      return await call(...args)
    } catch (error) {
      if (error instanceof AzureCallError) throw new StoreSilent(error.message, { cause: error })
      throw error
    }
  }
