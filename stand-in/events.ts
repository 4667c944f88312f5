import { uuid } from './identifiers.ts'
import type { Account, Service } from './state.ts'

export interface ServiceEvent {
  id: string
  createdAt: number
  message: string
}

const MOST_EVENTS = 100

/** The newest event comes first, and only the newest hundred are kept. */
export function addEvent(account: Account, service: Service, message: string): void {
  service.events.unshift({ id: uuid(account.next()), createdAt: account.seconds(), message })
  service.events.length = Math.min(service.events.length, MOST_EVENTS)
}

/** An event that begins with the service, as all of ECS do: `(service web) has reached a steady state.` */
export function tell(account: Account, service: Service, message: string): void {
  addEvent(account, service, `(service ${service.serviceName}) ${message}`)
}
