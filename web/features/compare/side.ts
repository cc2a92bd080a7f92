import type { Run } from '../../../domain/run/state.ts'
import type { EventLog } from '../../lib/event-log.ts'

/** One of two runs that are compared: as it is, and how it came to be so. */
export type Side = { readonly run: Run; readonly log: EventLog }
