import type { Host } from './host.ts'
import type { Watch } from './moments.ts'

/** What a host's process may be told by the one that started it: its worker dies now, or as soon as it has a turn to play. */
export interface Order {
  readonly loseWorker: 'now' | 'in a turn'
}

/** What it says when that has happened. */
export interface Notice {
  /** The orchestration whose turn it was; empty for none. */
  readonly workerLost: string
}

export interface Fate {
  readonly watch: Watch
  /** From now on orders are carried out on this host. */
  rules(host: Host): void
}

/** Lets the process that started this one have the worker die, where it left a channel for that. */
export function fateByMessage(): Fate {
  let waitsForTurn = false
  let lose: (instance: string) => void = () => undefined
  return {
    watch({ kind, isTurn, instance }) {
      if (!waitsForTurn || kind !== 'begins' || isTurn !== true) return undefined
      waitsForTurn = false
      lose(instance)
      return undefined
    },
    rules(host) {
      lose = (workerLost) => {
        void host.loseWorker()
        process.send?.({ workerLost } satisfies Notice)
      }
      process.on('message', (order) => {
        if (isOrder(order, 'in a turn')) waitsForTurn = true
        if (isOrder(order, 'now')) lose('')
      })
    }
  }
}

function isOrder(order: unknown, when: Order['loseWorker']): boolean {
  return typeof order === 'object' && order !== null && 'loseWorker' in order && order.loseWorker === when
}
