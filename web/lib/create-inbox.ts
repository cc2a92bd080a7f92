import type { Client } from 'urql'
import { createInboxStore, type InboxStore, toQuestion } from './approvals.ts'
import { ApprovalsChangedDocument, OpenApprovalsDocument } from './documents.ts'
import { faultOf } from './fault.ts'
import type { Live } from './live.ts'

/** The inbox of whoever is signed in. */
export const createInbox = (live: Live, client: Client): InboxStore =>
  createInboxStore({
    async open() {
      const { data, error } = await client
        .query(OpenApprovalsDocument, {}, { requestPolicy: 'network-only' })
        .toPromise()
      if (data === undefined) throw new Error(error === undefined ? 'Nothing was answered.' : faultOf(error))
      return data.approvals.nodes.map(toQuestion)
    },
    changes: sink =>
      live.subscribe(ApprovalsChangedDocument, () => ({}), {
        data: ({ approvalsChanged: { reload, approvals } }) => sink({ reload, approvals: approvals.map(toQuestion) }),
        fault: () => {},
      }),
  })
